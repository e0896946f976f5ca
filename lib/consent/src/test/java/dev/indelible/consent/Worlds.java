package dev.indelible.consent;

import dev.indelible.consent.Provision.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/// Makes grants and requests out of few words and few moments, so that they meet often, at the ends
/// of intervals above all.
final class Worlds {
  static final byte[] RULE_FILE =
      """
      {"name": "test",
       "openings": [
         {"purpose": "HPAYMT", "role": "adjudicator", "action": "access", "dataClass": "Claim"},
         {"purpose": "FRAUD", "role": "adjudicator", "action": "access", "dataClass": "Claim"}]}
      """
          .getBytes(java.nio.charset.StandardCharsets.UTF_8);
  static final ConsentRules RULES = ConsentRules.read(RULE_FILE);
  static final int MOMENTS = 6;

  private final long seed;
  private final Random random;

  Worlds(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  static UtcMoment moment(int number) {
    return new UtcMoment("2026-03-14T09:30:00.00000" + number + "Z");
  }

  Inputs inputs() {
    List<Provision> provisions = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      provisions.add(provision(random.nextInt(4) == 0 ? Type.DENY : Type.PERMIT));
    }
    return new Inputs(moment(), request(), provisions);
  }

  Provision provision(Type type) {
    return new Provision(
        new UUID(random.nextLong(), random.nextLong()).toString(),
        type,
        subject(),
        organisation(),
        purpose(),
        interval(),
        random.nextBoolean() ? Optional.empty() : Optional.of(interval()),
        random.nextInt(3) > 0 ? Optional.empty() : Optional.of(moment()));
  }

  Request request() {
    return new Request(
        organisation(),
        random.nextInt(8) == 0 ? "claim-submitter" : "adjudicator",
        purpose(),
        random.nextInt(8) == 0 ? "disclose" : "access",
        "Claim",
        subject(),
        "claim-1",
        moment());
  }

  <T> List<T> shuffled(List<T> list) {
    List<T> copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }

  UtcMoment moment() {
    return moment(random.nextInt(MOMENTS));
  }

  private Interval interval() {
    int from = random.nextInt(MOMENTS);
    return new Interval(moment(from), moment(from + 1 + random.nextInt(MOMENTS - from)));
  }

  private String organisation() {
    return random.nextInt(4) == 0 ? "cedar" : "birch";
  }

  private String purpose() {
    return List.of("HPAYMT", "HPAYMT", "HPAYMT", "FRAUD", "TREAT").get(random.nextInt(5));
  }

  private Subject subject() {
    return new Subject("alder", random.nextInt(6) == 0 ? null : "urn:example:member", "M-1");
  }

  @Override
  public String toString() {
    return "seed " + seed;
  }
}
