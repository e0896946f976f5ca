package dev.indelible.consent.command;

import dev.indelible.consent.Replay;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The command `replay`. It reads three files, prints a verdict and never opens a connection.
public final class ReplayMain {
  private static final String USAGE =
      """
      replay RULES INPUTS DECISION
        RULES     the rule file, byte for byte
        INPUTS    the inputs of a decision about consent, as the claims-service gave them
        DECISION  the decision, likewise
      Exit code: 0 matches, 1 contradicted, 3 could not be checked, 2 wrong use
      """;

  /// What no replay can show.
  private static final String LIMITS =
      """
      Does not prove that the rules were adopted and the grants given, which their entries in the log do;
        that the inputs hold every grant there was; that the decision was acted upon, or is the only one.
      Network used: none.
      """;

  private static final int OK = 0;
  private static final int CONTRADICTED = 1;
  private static final int WRONG_USE = 2;
  private static final int NOT_CHECKED = 3;

  private ReplayMain() {}

  /// Runs the command and exits with its code.
  public static void main(String[] args) {
    System.exit(run(List.of(args), stream(FileDescriptor.out), stream(FileDescriptor.err)));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /// Runs the command.
  ///
  /// @return the exit code: 0 matches, 1 contradicted, 3 could not be checked, 2 wrong use
  public static int run(List<String> args, PrintStream out, PrintStream err) {
    if (args.contains("--help")) {
      out.print(USAGE);
      return OK;
    }
    if (args.size() != 3) {
      return wrongUse("three files are needed", err);
    }
    try {
      byte[] rules = Files.readAllBytes(Path.of(args.getFirst()));
      byte[] inputs = Files.readAllBytes(Path.of(args.get(1)));
      byte[] decision = withoutLineEnd(Files.readAllBytes(Path.of(args.getLast())));
      return report(Replay.of(rules, inputs, decision), out);
    } catch (IOException e) {
      return wrongUse("cannot read a file: " + e.getMessage(), err);
    }
  }

  private static int report(Replay replay, PrintStream out) {
    int exit =
        switch (replay) {
          case Replay.Matches() -> {
            out.println("MATCHES  The decision follows from these inputs by these rules.");
            yield OK;
          }
          case Replay.Contradicted(String difference) -> {
            out.println("CONTRADICTED  Something else follows from these inputs by these rules.");
            out.println("  ✖ " + printable(difference));
            yield CONTRADICTED;
          }
          case Replay.CouldNotBeChecked(String why) -> {
            out.println("COULD NOT BE CHECKED  These files do not suffice.");
            out.println("  ? " + printable(why));
            yield NOT_CHECKED;
          }
        };
    out.print(LIMITS);
    return exit;
  }

  private static int wrongUse(String why, PrintStream err) {
    err.print("Wrong use: " + printable(why) + "\n" + USAGE);
    return WRONG_USE;
  }

  /// A document ends with its brace (RFC 8785); a line end after it is that of the program that
  /// wrote the file.
  private static byte[] withoutLineEnd(byte[] file) {
    int length = file.length;
    while (length > 0 && (file[length - 1] == '\n' || file[length - 1] == '\r')) {
      length--;
    }
    return Arrays.copyOf(file, length);
  }

  /// Texts quote the files, and a file must not be able to write "MATCHES" over our lines by moving
  /// the terminal's cursor.
  private static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}]", "\ufffd");
  }
}
