package dev.indelible.claims.adjudication;

import dev.indelible.claims.ClaimSubmission.Code;
import dev.indelible.claims.duplicate.Normal;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// A version of the rules by which claims are decided: data, so that a decision can be made again
/// from the claim and the file alone.
///
/// @param name the version's name
/// @param pendAboveMinor claims above this sum are for a person
/// @param secondApprovalAboveMinor what pays more than this takes effect when a second person
///   approves
/// @param planSharePercent what the plan pays of the allowed amount, by claim type
/// @param exclusions what is never covered
/// @param fees the highest allowed amounts for one unit; without a fee, what is billed is allowed
record AdjudicationRules(
    String name,
    long pendAboveMinor,
    long secondApprovalAboveMinor,
    Map<String, Integer> planSharePercent,
    List<Exclusion> exclusions,
    List<Fee> fees) {

  AdjudicationRules {
    planSharePercent = Map.copyOf(planSharePercent);
    exclusions = List.copyOf(exclusions);
    fees = List.copyOf(fees);
    if (planSharePercent.values().stream().anyMatch(share -> share < 0 || share > 100)) {
      throw new IllegalArgumentException("a share is not between 0 and 100 percent");
    }
  }

  record Exclusion(String system, String code) {}

  record Fee(String system, String code, String currency, long allowedMinor) {}

  boolean excludes(Code code) {
    return exclusions.stream().anyMatch(each -> same(code, each.system(), each.code()));
  }

  OptionalLong fee(Code code, String currency) {
    return fees.stream()
        .filter(fee -> fee.currency().equals(currency) && same(code, fee.system(), fee.code()))
        .mapToLong(Fee::allowedMinor)
        .findFirst();
  }

  /// Half up, in integers.
  long planShare(long allowed, String claimType) {
    int percent = planSharePercent.getOrDefault(claimType, 0);
    return Math.addExact(Math.multiplyExact(allowed, (long) percent), 50) / 100;
  }

  private static boolean same(Code code, String system, String word) {
    return Normal.system(code.system()).equals(Normal.system(system))
        && Normal.code(code.code()).equals(Normal.code(word));
  }
}
