package dev.indelible.witness.monitor;

import dev.indelible.transparency.VerificationException;
import dev.indelible.witness.command.Printable;
import dev.indelible.witness.command.Verdict;
import dev.indelible.witness.command.WrongUse;
import dev.indelible.witness.disk.DurableFile;
import dev.indelible.witness.evidence.Fork;
import dev.indelible.witness.tiles.LogClient;
import dev.indelible.witness.tiles.Patience;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The command `monitor`.
public final class MonitorMain {
  private static final int OK = 0;
  private static final int WRONG_USE = 2;
  private static final int ENVIRONMENT = 4;

  private final Arguments arguments;
  private final PrintStream out;

  private MonitorMain(Arguments arguments, PrintStream out) {
    this.arguments = arguments;
    this.out = out;
  }

  /// Runs the command and exits with its code.
  public static void main(String[] words) throws InterruptedException {
    System.exit(run(List.of(words), Printable.out(), Printable.err()));
  }

  /// Runs the command.
  ///
  /// @return the exit code: 0 all show one log, 1 the log has forked, 3 could not be checked, 2
  ///   wrong use, 4 when a file of the caller's cannot be read or written
  public static int run(List<String> words, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (words.contains("--help")) {
      out.print(Arguments.USAGE);
      return OK;
    }
    try {
      Arguments arguments = Arguments.parse(words);
      MonitorMain main = new MonitorMain(arguments, out);
      Verdict verdict =
          arguments.check().isPresent() ? main.judge(arguments.check().get()) : main.watch();
      return verdict.exitCode();
    } catch (WrongUse e) {
      err.print("Wrong use: " + e.getMessage() + "\n" + Arguments.USAGE);
      return WRONG_USE;
    } catch (IOException e) {
      err.println(e);
      return ENVIRONMENT;
    }
  }

  /// Judges somebody else's evidence.
  private Verdict judge(Path file) throws IOException {
    try {
      boolean forked = Fork.parse(Files.readString(file)).holds(arguments.policy());
      say(
          forked ? Verdict.CONTRADICTED : Verdict.COULD_NOT_BE_CHECKED,
          forked ? "the log has signed both checkpoints in " + file : file + " proves nothing");
      return forked ? Verdict.CONTRADICTED : Verdict.COULD_NOT_BE_CHECKED;
    } catch (IllegalArgumentException | VerificationException e) {
      say(Verdict.COULD_NOT_BE_CHECKED, file + ": " + e.getMessage());
      return Verdict.COULD_NOT_BE_CHECKED;
    }
  }

  private Verdict watch() throws IOException, InterruptedException {
    List<LogClient> logs = clients(arguments.logs());
    List<LogClient> witnesses = clients(arguments.witnesses());
    List<Place> places = new ArrayList<>();
    logs.forEach(client -> places.add(new Place.Tiles(client)));
    witnesses.forEach(client -> places.add(new Place.Witness(client)));
    Monitor monitor = new Monitor(arguments.policy(), arguments.origin(), places);
    try {
      Verdict verdict = once(monitor);
      while (arguments.every().isPresent() && verdict != Verdict.CONTRADICTED) {
        Thread.sleep(arguments.every().get());
        verdict = once(monitor);
      }
      return verdict;
    } finally {
      logs.forEach(LogClient::close);
      witnesses.forEach(LogClient::close);
    }
  }

  private static List<LogClient> clients(List<String> urls) {
    return urls.stream().map(url -> new LogClient(url, Patience.USUAL)).toList();
  }

  private Verdict once(Monitor monitor) throws IOException, InterruptedException {
    Optional<Place> memory = memory();
    Round round = monitor.look(memory);
    tell(round);
    if (round.fork().isPresent()) {
      alarm(round.fork().get());
    } else if (round.verdict() == Verdict.MATCHES || memory.isEmpty()) {
      // The first look has nothing to compare with and is what later ones are compared with.
      remember(round);
    }
    return round.verdict();
  }

  private void tell(Round round) {
    say(round.verdict(), arguments.origin() + ", " + round.views().size() + " views");
    for (View view : round.views()) {
      String size = String.format(Locale.ROOT, "%,14d leaves", view.head().size());
      line("  " + size + "  " + view.head().root() + "  " + view.place().name());
    }
    round.findings().forEach(finding -> line("  ? " + finding));
  }

  private void alarm(Fork fork) throws IOException {
    String places = fork.first().place() + " and " + fork.second().place();
    line("  ✖ The log has signed two histories: " + places + " show what cannot be one log.");
    line("    Evidence: " + fork.writeTo(arguments.evidence()).toAbsolutePath());
  }

  private Optional<Place> memory() throws IOException {
    if (arguments.state().isEmpty() || !Files.exists(arguments.state().get())) {
      return Optional.empty();
    }
    Path file = arguments.state().get();
    return Optional.of(new Place.Memory("seen earlier, " + file, Files.readString(file)));
  }

  private void remember(Round round) throws IOException {
    Optional<View> largest =
        round.views().stream().max(Comparator.comparingLong(view -> view.head().size()));
    if (arguments.state().isPresent() && largest.isPresent()) {
      Path file = arguments.state().get();
      DurableFile.replace(
          file,
          file.resolveSibling(file.getFileName() + ".new"),
          largest.get().signed().text().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void say(Verdict verdict, String what) {
    line(verdict.words() + "  " + what);
  }

  private void line(String text) {
    out.println(Printable.of(text));
  }
}
