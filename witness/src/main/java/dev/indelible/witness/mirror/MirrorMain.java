package dev.indelible.witness.mirror;

import dev.indelible.transparency.TreeHead;
import dev.indelible.witness.command.Printable;
import dev.indelible.witness.command.Verdict;
import dev.indelible.witness.command.WrongUse;
import dev.indelible.witness.serve.Listener;
import dev.indelible.witness.tiles.LogClient;
import dev.indelible.witness.tiles.Pace;
import dev.indelible.witness.tiles.Patience;
import dev.indelible.witness.tiles.Walk;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/// The program `mirror`.
public final class MirrorMain {
  private static final int OK = 0;
  private static final int WRONG_USE = 2;
  private static final int ENVIRONMENT = 4;

  /// Chunks under way; at 256 entries of 65 KB each still below 300 MB.
  private static final int WINDOW = 16;

  private final Arguments arguments;
  private final PrintStream out;

  private MirrorMain(Arguments arguments, PrintStream out) {
    this.arguments = arguments;
    this.out = out;
  }

  /// Runs the program and exits with its code.
  public static void main(String[] words) throws InterruptedException {
    System.exit(run(List.of(words), Printable.out(), Printable.err()));
  }

  /// Runs the program.
  ///
  /// @return the exit code: 0 the copy is what the log shows, 1 contradicted, 3 could not be
  ///   checked, 2 wrong use, 4 the folder cannot be used
  public static int run(List<String> words, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (words.contains("--help")) {
      out.print(Arguments.USAGE);
      return OK;
    }
    try {
      return new MirrorMain(Arguments.parse(words), out).follow().exitCode();
    } catch (WrongUse e) {
      err.print("Wrong use: " + e.getMessage() + "\n" + Arguments.USAGE);
      return WRONG_USE;
    } catch (IOException e) {
      err.println("The mirror cannot go on: " + e);
      return ENVIRONMENT;
    }
  }

  private Verdict follow() throws IOException, InterruptedException {
    try (MirrorFolder folder = MirrorFolder.open(arguments.folder());
        LogClient log = new LogClient(arguments.url(), Patience.USUAL)) {
      if (arguments.port().isEmpty()) {
        return follow(log, folder);
      }
      try (MirrorServer server =
          new MirrorServer(
              arguments.folder(), Listener.address(arguments.host(), arguments.port().get()))) {
        line("mirror of " + arguments.url() + " on port " + server.port());
        Verdict verdict = follow(log, folder);
        if (verdict == Verdict.CONTRADICTED && arguments.every().isPresent()) {
          line("The log is not followed any more. What was verified before is still served.");
          Thread.sleep(java.time.Duration.ofNanos(Long.MAX_VALUE));
        }
        return verdict;
      }
    }
  }

  private Verdict follow(LogClient log, MirrorFolder folder)
      throws IOException, InterruptedException {
    Mirror mirror =
        new Mirror(
            log,
            arguments.policy(),
            folder,
            new Walk.Limits(WINDOW, Pace.UNBOUNDED),
            Thread::sleep);
    Verdict verdict = round(mirror);
    while (arguments.every().isPresent() && verdict != Verdict.CONTRADICTED) {
      Thread.sleep(arguments.every().get());
      verdict = round(mirror);
    }
    return verdict;
  }

  private Verdict round(Mirror mirror) throws IOException, InterruptedException {
    Outcome outcome = mirror.round();
    switch (outcome) {
      case Outcome.Published(TreeHead head) -> say(outcome, head);
      case Outcome.Unchanged(TreeHead head) -> {
        if (arguments.every().isEmpty()) {
          say(outcome, head);
        }
      }
      case Outcome.Waiting waiting -> {
        line(outcome.verdict().words());
        waiting.findings().forEach(finding -> line("  ? " + finding));
      }
      case Outcome.Contradicted contradicted -> alarm(contradicted);
    }
    return outcome.verdict();
  }

  private void say(Outcome outcome, TreeHead head) {
    line(outcome.verdict().words() + "  " + head.size() + " leaves, root " + head.root());
  }

  private void alarm(Outcome.Contradicted contradicted) throws IOException {
    line(contradicted.verdict().words());
    contradicted.findings().forEach(finding -> line("  ✖ " + finding));
    if (contradicted.fork().isPresent()) {
      line("  ✖ The log has signed a tree that does not extend the one in " + arguments.folder());
      line("    Evidence: " + contradicted.fork().get().writeTo(arguments.evidence()));
    }
  }

  private void line(String text) {
    out.println(Printable.of(text));
  }
}
