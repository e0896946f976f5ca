package dev.indelible.claims.adjudication;

import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.ClaimSubmission.Code;
import dev.indelible.claims.ClaimSubmission.Line;
import dev.indelible.claims.ClaimSubmission.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A line with the amount it asks for.
///
/// @param line the line's sequence
/// @param quantity how many
record BilledLine(int line, Code code, BigDecimal quantity, long minor) {
  /// Settles a claim whose lines do not say what they ask for.
  static final int WHOLE_CLAIM = 0;

  /// The lines of a claim with their amounts. When one line is silent, the total says what it asks
  /// for: that is how Synthea writes the visit itself.
  ///
  /// @return nothing when amounts stay unknown or do not add up
  static Optional<List<BilledLine>> of(ClaimSubmission claim) {
    List<Line> lines = claim.lines().stream().filter(Line::isTopLevel).toList();
    Long total = total(claim);
    long silent = lines.stream().filter(line -> line.netMinor() == null).count();
    long known = lines.stream().mapToLong(line -> or(line.netMinor(), 0)).sum();
    if (lines.isEmpty() || claim.total() == null || silent > 1 || (silent == 1 && total == null)) {
      return Optional.empty();
    }
    long rest = total == null ? 0 : total - known;
    if (silent == 0 ? rest != 0 : rest < 0) {
      return Optional.empty();
    }
    List<BilledLine> billed = new ArrayList<>();
    for (Line line : lines) {
      billed.add(
          new BilledLine(line.sequence(), line.code(), quantity(line), or(line.netMinor(), rest)));
    }
    return Optional.of(billed);
  }

  /// The claim as one line, when at least its total is known.
  static Optional<List<BilledLine>> whole(ClaimSubmission claim) {
    Code code = new Code(null, claim.type());
    return Optional.ofNullable(total(claim))
        .map(total -> List.of(new BilledLine(WHOLE_CLAIM, code, BigDecimal.ONE, total)));
  }

  private static @Nullable Long total(ClaimSubmission claim) {
    Money total = claim.total();
    return total == null ? null : total.minor();
  }

  private static long or(@Nullable Long minor, long other) {
    return minor == null ? other : minor;
  }

  private static BigDecimal quantity(Line line) {
    return line.quantity() == null ? BigDecimal.ONE : new BigDecimal(line.quantity());
  }
}
