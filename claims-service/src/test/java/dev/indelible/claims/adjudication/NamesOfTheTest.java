package dev.indelible.claims.adjudication;

import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.problem.CommonProblem;
import dev.indelible.kit.problem.Rejection;
import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;

/// In the place of the realm, which is not there in tests of this service alone: calls people after
/// their subjects, and does not answer while it is told not to.
@Mock
@ApplicationScoped
public class NamesOfTheTest implements SignerNames {
  private volatile boolean silent;

  /// The name.
  public static String of(String subject) {
    return "Signer " + subject;
  }

  /// Whether from now on there is no answer.
  public void silent(boolean now) {
    silent = now;
  }

  @Override
  public String of(Caller signer) {
    if (silent) {
      throw Rejection.of(CommonProblem.UNAVAILABLE, "told not to answer");
    }
    return of(signer.subject());
  }
}
