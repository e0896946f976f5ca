package dev.indelible.local.demo;

import dev.indelible.local.LocalException;
import dev.indelible.local.Stack;
import java.time.Duration;
import java.util.function.Supplier;

/// What all acts share: the running system, the narrator, and a word that no earlier run has used.
///
/// @param run distinguishes this run's made-up people and trials from those of earlier runs
record Stage(Stack stack, Narrator narrator, String run) {
  Call as(String user) {
    return new Call(stack.tokens().ofUser(user));
  }

  String claims() {
    return stack.claims().getFirst().url();
  }

  String trials() {
    return stack.trials().getFirst().url();
  }

  /// Asks until the answer is the one that has to come by itself.
  Call.Answer await(
      String what, Supplier<Call.Answer> question, java.util.function.Predicate<Call.Answer> done) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    Call.Answer answer = question.get();
    while (!done.test(answer)) {
      if (System.nanoTime() > deadline) {
        throw new LocalException(
            "In a minute nothing came of: " + what + ". Last answer: " + answer.text(),
            "./indelible status; see the logs that it names");
      }
      try {
        Thread.sleep(150);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LocalException("Interrupted", "./indelible demo", e);
      }
      answer = question.get();
    }
    return answer;
  }
}
