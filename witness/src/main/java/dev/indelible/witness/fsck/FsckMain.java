package dev.indelible.witness.fsck;

import dev.indelible.witness.command.Printable;
import dev.indelible.witness.command.WrongUse;
import dev.indelible.witness.tiles.LogClient;
import dev.indelible.witness.tiles.Pace;
import dev.indelible.witness.tiles.Patience;
import dev.indelible.witness.tiles.Walk;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/// The command `fsck`.
public final class FsckMain {
  private static final int OK = 0;
  private static final int WRONG_USE = 2;
  private static final int ENVIRONMENT = 4;

  /// Chunks under way: enough to keep one core busy over a line of 50 ms, and at 256 entries of 65
  /// KB each still below 600 MB.
  private static final int WINDOW = 32;

  private FsckMain() {}

  /// Runs the command and exits with its code.
  public static void main(String[] words) throws InterruptedException {
    System.exit(run(List.of(words), Printable.out(), Printable.err()));
  }

  /// Runs the command: results on `out`, progress on `err`.
  ///
  /// @return the exit code: 0 matches, 1 contradicted, 3 could not be checked, 2 wrong use, 4 when
  ///   a file of the caller's cannot be read or written
  public static int run(List<String> words, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (words.contains("--help")) {
      out.print(Arguments.USAGE);
      return OK;
    }
    try {
      return run(Arguments.parse(words), out, err);
    } catch (WrongUse e) {
      err.print("Wrong use: " + e.getMessage() + "\n" + Arguments.USAGE);
      return WRONG_USE;
    } catch (IOException e) {
      err.println(e.getMessage());
      return ENVIRONMENT;
    }
  }

  private static int run(Arguments arguments, PrintStream out, PrintStream err)
      throws IOException, InterruptedException {
    Pace pace =
        arguments.rate().isPresent()
            ? Pace.of(arguments.rate().getAsLong(), System::nanoTime, Thread::sleep)
            : Pace.UNBOUNDED;
    try (LogClient log = new LogClient(arguments.url(), Patience.USUAL)) {
      Report report =
          new Fsck(
                  log,
                  arguments,
                  new Walk.Limits(WINDOW, pace),
                  Thread::sleep,
                  new ProgressLine(err, System::nanoTime))
              .run();
      out.print(report.text());
      return report.verdict().exitCode();
    }
  }
}
