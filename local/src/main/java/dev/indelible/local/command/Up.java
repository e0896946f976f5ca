package dev.indelible.local.command;

import dev.indelible.local.Host;
import dev.indelible.local.LocalException;
import dev.indelible.local.Node;
import dev.indelible.local.Progress;
import dev.indelible.local.Stack;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Starts everything that does not run, and says where it is.
final class Up {

  private final Installation installation;
  private final Screen screen;
  private final Clock clock;

  Up(Installation installation, Screen screen, Clock clock) {
    this.installation = installation;
    this.screen = screen;
    this.clock = clock;
  }

  ExitCode run(List<String> words) throws IOException {
    Optional<Integer> asked = ports(words);
    try (FileLock lock = installation.exclusive()) {
      boolean running = !installation.running().isEmpty();
      int base = asked.or(installation::base).orElse(Installation.DEFAULT_BASE);
      if (running && lock.isValid()) {
        refuseToMove(base);
      }
      Stack stack = Stack.installed(installation.home(), base);
      if (stack.nodes().stream().allMatch(Node::isReady)) {
        screen.done("Indelible is running already");
      } else {
        refuseTakenPorts(stack, base);
        installation.remember(base);
        stack.start(new Lines(stack));
      }
      new Summary(stack).print(screen);
      return ExitCode.OK;
    }
  }

  private static Optional<Integer> ports(List<String> words) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    if (words.size() != 2 || !words.getFirst().equals("--ports")) {
      throw new WrongUse("up takes nothing, or --ports BASE");
    }
    String base = words.get(1);
    if (!base.matches("[0-9]{4,5}")
        || Integer.parseInt(base) < 1024
        || Integer.parseInt(base) > 65_000) {
      throw new WrongUse("--ports takes a number from 1024 to 65000, not " + base);
    }
    return Optional.of(Integer.parseInt(base));
  }

  private void refuseToMove(int base) {
    int current = installation.base().orElse(base);
    if (current != base) {
      throw new LocalException(
          "Indelible is running on ports from " + current,
          "./indelible down && ./indelible up --ports " + base);
    }
  }

  private void refuseTakenPorts(Stack stack, int base) {
    for (int port : stack.portsToBind()) {
      if (!Host.isFree(port)) {
        throw new LocalException(
            "Port " + port + " is in use by " + PortHolder.describe(port, clock.instant()),
            "stop it, or use other ports: ./indelible up --ports " + (base + 1000));
      }
    }
  }

  /// One line for each program that serves.
  private final class Lines implements Progress {

    private final Stack stack;
    private final Instant start = clock.instant();

    Lines(Stack stack) {
      this.stack = stack;
    }

    @Override
    public void begins(String what) {
      screen.begins(what);
    }

    @Override
    public void ready(String what, int port) {
      Duration took = Duration.between(start, clock.instant());
      screen.done(
          String.format(Locale.ROOT, "%-18s :%-6d %5.1f s", what, port, took.toMillis() / 1000.0));
    }

    @Override
    public void publicPagesReady() {
      screen.note("   Usable now, no sign-in:  " + stack.ledger().url() + "/verify");
    }
  }
}
