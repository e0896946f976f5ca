package dev.indelible.verifier;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The command `verify`. It reads three files, prints a verdict and never opens a connection.
public final class Main {
  private static final int OK = 0;
  private static final int WRONG_USE = 2;

  private Main() {}

  /// Runs the command and exits with its code.
  public static void main(String[] args) {
    // The check marks are not in every platform's default charset; UTF-8 terminals are the rule.
    PrintStream out = stream(FileDescriptor.out);
    PrintStream err = stream(FileDescriptor.err);
    System.exit(run(List.of(args), out, err));
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /// Runs the command.
  ///
  /// @return the exit code: 0 matches, 1 contradicted, 3 could not be checked, 2 wrong use
  public static int run(List<String> args, PrintStream out, PrintStream err) {
    if (args.contains("--help")) {
      out.print(Arguments.USAGE);
      return OK;
    }
    try {
      Arguments arguments = Arguments.parse(args);
      Report report = Report.of(name(arguments.document()), read(arguments));
      out.print(arguments.json() ? report.json() : report.text());
      return report.verdict().exitCode();
    } catch (WrongUse e) {
      err.print("Wrong use: " + e.getMessage() + "\n" + Arguments.USAGE);
      return WRONG_USE;
    }
  }

  private static Evidence read(Arguments arguments) throws WrongUse {
    return Evidence.read(
        bytes(arguments.document()),
        bytes(arguments.proof()),
        bytes(arguments.policy()),
        arguments.issuer());
  }

  private static byte[] bytes(Path file) throws WrongUse {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new WrongUse("cannot read the file " + file);
    }
  }

  private static String name(Path file) {
    Path name = file.getFileName();
    return name == null ? file.toString() : name.toString();
  }
}
