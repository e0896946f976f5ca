package dev.indelible.claims.adjudication;

/// What becomes of one line's amount, in minor units.
///
/// @param line the line's sequence; 0 for a claim that is settled as a whole
/// @param rule the rule that priced it
/// @param amounts where the money goes
public record LineDecision(int line, String rule, Amounts amounts) {

  /// Every minor unit that was billed goes to exactly one of four places.
  ///
  /// @param billed what was asked for
  /// @param allowed the price that counts
  /// @param paid what the plan pays
  /// @param contractual billed beyond the fee; the provider's loss
  /// @param patient the patient's share
  /// @param denied not covered
  public record Amounts(
      long billed, long allowed, long paid, long contractual, long patient, long denied) {
    public Amounts {
      long accounted =
          Math.addExact(Math.addExact(paid, contractual), Math.addExact(patient, denied));
      if (billed != accounted) {
        throw new IllegalArgumentException("billed " + billed + ", accounted for " + accounted);
      }
      if (Math.min(Math.min(paid, contractual), Math.min(patient, denied)) < 0) {
        throw new IllegalArgumentException("a negative amount");
      }
      if (paid > allowed || allowed > billed) {
        throw new IllegalArgumentException("paid, allowed and billed are out of order");
      }
    }

    /// Nothing yet.
    static final Amounts NONE = new Amounts(0, 0, 0, 0, 0, 0);

    /// Allowed in part and paid in part: the difference to the fee is the provider's, the
    /// difference to what is paid the patient's.
    static Amounts settled(long billed, long allowed, long paid) {
      return new Amounts(billed, allowed, paid, billed - allowed, allowed - paid, 0);
    }

    /// Not covered.
    static Amounts denied(long billed) {
      return new Amounts(billed, 0, 0, 0, 0, billed);
    }

    Amounts plus(Amounts other) {
      return new Amounts(
          Math.addExact(billed, other.billed),
          Math.addExact(allowed, other.allowed),
          Math.addExact(paid, other.paid),
          Math.addExact(contractual, other.contractual),
          Math.addExact(patient, other.patient),
          Math.addExact(denied, other.denied));
    }

    boolean isReduced() {
      return allowed < billed;
    }

    boolean isDenied() {
      return denied == billed && billed > 0;
    }
  }
}
