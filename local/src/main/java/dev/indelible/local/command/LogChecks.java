package dev.indelible.local.command;

import dev.indelible.local.PublicLog;
import dev.indelible.local.Stack;
import dev.indelible.witness.fsck.FsckMain;
import dev.indelible.witness.monitor.MonitorMain;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Runs what outsiders run, `fsck` and `monitor`, on the logs of the running system. Without words
/// it is about each of its logs; a policy that is not given is its own.
final class LogChecks {

  private static final String POLICY = "--policy";

  private final Installation installation;
  private final Screen screen;

  LogChecks(Installation installation, Screen screen) {
    this.installation = installation;
    this.screen = screen;
  }

  ExitCode fsck(List<String> words) {
    return run(FsckMain::run, words, List.of());
  }

  ExitCode monitor(List<String> words) {
    return run(MonitorMain::run, words, List.of("--witnesses"));
  }

  private interface Program {
    int run(List<String> words, PrintStream out, PrintStream err) throws InterruptedException;
  }

  private ExitCode run(Program program, List<String> words, List<String> usual) {
    Stack stack = installation.stack();
    List<String> more = new ArrayList<>(words);
    if (!words.contains(POLICY)) {
      more.addAll(List.of(POLICY, stack.policy().toString()));
    }
    if (words.stream().anyMatch(LogChecks::isAddress)) {
      return start(program, more);
    }
    if (words.contains("--state")) {
      throw new WrongUse("--state is about one log: give its address, too");
    }
    more.addAll(usual);
    List<ExitCode> exits = new ArrayList<>();
    for (PublicLog log : PublicLog.of(stack)) {
      List<String> all = new ArrayList<>(List.of(log.url(), "--origin", log.origin()));
      all.addAll(more);
      exits.add(start(program, all));
    }
    return worst(exits);
  }

  private static boolean isAddress(String word) {
    return word.startsWith("http://") || word.startsWith("https://");
  }

  private ExitCode start(Program program, List<String> words) {
    try {
      return ExitCode.of(program.run(words, screen.results(), screen.progress()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.NOT_CHECKED;
    }
  }

  /// A contradiction outweighs everything.
  private static ExitCode worst(List<ExitCode> exits) {
    return exits.contains(ExitCode.CONTRADICTED)
        ? ExitCode.CONTRADICTED
        : exits.stream().max(Comparator.naturalOrder()).orElse(ExitCode.OK);
  }
}
