package dev.indelible.claims.duplicate;

import dev.indelible.anchoring.MatchKey;
import dev.indelible.anchoring.MatchToken;
import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.ClaimSubmission.Line;
import dev.indelible.claims.ClaimSubmission.Related;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What makes two claims of one insurer the same claim, whatever numbers they carry: member,
/// provider, kind of claim, sum, and the set of lines with modifiers, dates, place, quantity,
/// charge and prescription. The claim number and the order of lines are not part of it; a claim
/// that says it replaces another is another claim.
public final class ExactKey {
  /// The token's name.
  public static final String NAME = "claim-exact";

  private ExactKey() {}

  /// The key of a claim, as the token by which the ledger knows it too.
  public static MatchToken of(ClaimSubmission claim, String organisation, MatchKey key) {
    return key.unique(NAME, parts(claim, organisation).toArray(String[]::new));
  }

  static List<String> parts(ClaimSubmission claim, String organisation) {
    List<String> parts = new ArrayList<>();
    parts.add(organisation);
    parts.add(claim.use());
    parts.add(claim.type());
    parts.add(Normal.code(claim.subType()));
    parts.addAll(Normal.identity(claim.member(), organisation));
    parts.addAll(Normal.identity(claim.provider(), organisation));
    parts.add(claim.total() == null ? "" : claim.total().currency());
    parts.add(claim.total() == null ? "" : Normal.number(claim.total().minor()));
    Related related = claim.related();
    parts.add(related == null ? "" : Normal.text(related.relationship()));
    parts.add(related == null ? "" : Normal.text(related.claim()));
    claim.lines().stream()
        .map(line -> parts(line, claim))
        // Every line has the same number of parts, so their order is all that could vary.
        .sorted(ExactKey::compare)
        .forEach(parts::addAll);
    return parts;
  }

  private static List<String> parts(Line line, ClaimSubmission claim) {
    return List.of(
        line.isTopLevel() ? "line" : "detail",
        Normal.system(line.code().system()),
        Normal.code(line.code().code()),
        modifiers(line),
        Normal.firstDay(line, claim).orElse(""),
        Normal.lastDay(line, claim).orElse(""),
        Normal.decimal(line.quantity()),
        Normal.text(line.unit()),
        Normal.decimal(line.factor()),
        Normal.number(line.unitPriceMinor()),
        Normal.number(line.netMinor()),
        Normal.code(line.place()),
        Normal.code(line.revenue()),
        Normal.code(line.bodySite()),
        Normal.text(line.prescription()));
  }

  /// Their order does not distinguish, their number does (76 twice is a third repeat).
  private static String modifiers(Line line) {
    List<String> modifiers = new ArrayList<>();
    for (String modifier : line.modifiers()) {
      modifiers.add(Normal.code(modifier.substring(modifier.lastIndexOf('|') + 1)));
    }
    Collections.sort(modifiers);
    return String.join(" ", modifiers);
  }

  private static int compare(List<String> one, List<String> other) {
    for (int i = 0; i < one.size(); i++) {
      int order = one.get(i).compareTo(other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
