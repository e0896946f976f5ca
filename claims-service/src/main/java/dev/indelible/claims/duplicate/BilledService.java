package dev.indelible.claims.duplicate;

import dev.indelible.anchoring.MatchKey;
import dev.indelible.anchoring.MatchToken;
import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.ClaimSubmission.Line;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// One service that a claim bills, as far as two insurers can compare it: who received what, when.
/// The provider is left out, because the second bill often names another one.
///
/// @param member scope, system and value
/// @param codeSystem the code's system
/// @param code the product or service
/// @param day when it was served
public record BilledService(List<String> member, String codeSystem, String code, String day) {
  /// The token's name.
  public static final String NAME = "service-day-member";

  public BilledService {
    member = List.copyOf(member);
  }

  /// The services of a claim. None for a preauthorization, which bills nothing and is meant to be
  /// followed by the claim; none for lines without a day.
  public static SequencedSet<BilledService> of(ClaimSubmission claim, String organisation) {
    SequencedSet<BilledService> services = new LinkedHashSet<>();
    if (claim.use().equals("claim")) {
      for (Line line : claim.lines()) {
        of(line, claim, organisation).ifPresent(services::add);
      }
    }
    return services;
  }

  private static Optional<BilledService> of(Line line, ClaimSubmission claim, String organisation) {
    List<String> member = Normal.identity(claim.member(), organisation);
    String system = Normal.system(line.code().system());
    String code = Normal.code(line.code().code());
    return Normal.firstDay(line, claim).map(day -> new BilledService(member, system, code, day));
  }

  /// The token by which the ledger finds the same service elsewhere.
  public MatchToken token(MatchKey key) {
    return key.alert(NAME, member.get(0), member.get(1), member.get(2), codeSystem, code, day);
  }
}
