package dev.indelible.local.demo;

import dev.indelible.local.Stack;
import java.io.PrintStream;
import java.time.Clock;

/// `./indelible demo`: four acts against the running system. Every run makes up new people and a
/// new trial, so it can be played again and again.
public final class Demo {
  private Demo() {}

  /// Plays all four acts.
  ///
  /// @param colours whether `out` is a terminal that wants colours
  public static void play(Stack stack, PrintStream out, Clock clock, boolean colours) {
    String run = String.format("%08d", clock.millis() / 100 % 100_000_000);
    Stage stage = new Stage(stack, new Narrator(out, colours), run);
    String claim = new DuplicateClaim(stage).play();
    new EditedRow(stage, claim).play();
    String results = new SwitchedOutcome(stage).play();
    new OfflineCheck(stage, results).play();
    out.println();
    out.println("Files to check yourself: " + stack.state().resolve("demo"));
    out.println("In a browser:            " + stack.ledger().url() + "/verify");
  }
}
