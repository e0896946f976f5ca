package dev.indelible.local.command;

import dev.indelible.local.Host;
import dev.indelible.local.LocalException;
import dev.indelible.local.PidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Looks for what keeps the system from running here: one line a check, each with its fix.
final class Doctor {

  private static final double GIBI = 1024.0 * 1024.0 * 1024.0;

  private final Installation installation;
  private final Screen screen;
  private final Clock clock;
  private boolean healthy = true;

  Doctor(Installation installation, Screen screen, Clock clock) {
    this.installation = installation;
    this.screen = screen;
    this.clock = clock;
  }

  ExitCode run() {
    screen.done("JDK " + Runtime.version() + " at " + System.getProperty("java.home"));
    screen.done(Host.maven() + " builds");
    memory();
    disk();
    loopback();
    user();
    ports();
    leftovers();
    keys();
    services();
    return healthy ? ExitCode.OK : ExitCode.ENVIRONMENT;
  }

  private void memory() {
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double total = system.getTotalMemorySize() / GIBI;
    check(total >= 3, gibi(total, "memory"), "3 GiB are needed; close programs or add memory");
  }

  private void disk() {
    try {
      double free = Files.getFileStore(installation.home().root()).getUsableSpace() / GIBI;
      check(free >= 3, gibi(free, "free disk"), "3 GiB are needed; make room");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void loopback() {
    try {
      boolean loops = InetAddress.getByName("localhost").isLoopbackAddress();
      check(loops, "localhost is the loopback address", "repair the line localhost in /etc/hosts");
    } catch (UnknownHostException e) {
      check(false, "localhost is no known name", "add 127.0.0.1 localhost to /etc/hosts");
    }
  }

  private void user() {
    try {
      screen.done("PostgreSQL can run as " + Host.postgresUser());
    } catch (LocalException e) {
      check(false, String.valueOf(e.getMessage()), e.fix());
    }
  }

  private void ports() {
    int base = installation.base().orElse(Installation.DEFAULT_BASE);
    List<Integer> wanted =
        installation.running().isEmpty()
            ? Host.portsFrom(base)
            : installation.stack().portsToBind();
    List<Integer> taken = wanted.stream().filter(port -> !Host.isFree(port)).toList();
    check(
        taken.isEmpty(),
        taken.isEmpty()
            ? "ports from " + base + " free or ours"
            : "port "
                + taken.getFirst()
                + " is in use by "
                + PortHolder.describe(taken.getFirst(), clock.instant()),
        "stop it, or ./indelible up --ports " + (base + 1000));
  }

  private void leftovers() {
    long dead =
        PidFile.in(installation.home().run()).stream()
            .filter(file -> file.process().isEmpty())
            .count();
    check(
        dead == 0,
        dead == 0 ? "no process ended by itself" : dead + " processes ended by themselves",
        "read .indelible/logs, then ./indelible up");
  }

  private void keys() {
    Path folder = installation.home().state().resolve("keys");
    if (!Files.isDirectory(folder)) {
      screen.done("no keys yet; ./indelible up makes them");
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> open = files.filter(Files::isRegularFile).filter(Doctor::othersMayRead).toList();
      check(
          open.isEmpty(),
          open.isEmpty() ? "keys are private" : "others may read " + open.getFirst(),
          "chmod -R go= " + folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void services() {
    if (installation.running().isEmpty()) {
      screen.done("nothing is running; start with ./indelible up");
      return;
    }
    installation
        .stack()
        .nodes()
        .forEach(
            node ->
                check(node.isReady(), node.name() + " on :" + node.port(), "read " + node.log()));
    screen.note("   Records against ledger: ./indelible audit");
  }

  private void check(boolean good, String finding, String fix) {
    if (good) {
      screen.done(finding);
    } else {
      healthy = false;
      screen.failed(finding, fix);
    }
  }

  private static boolean othersMayRead(Path file) {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      return mode.contains(PosixFilePermission.GROUP_READ)
          || mode.contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String gibi(double amount, String of) {
    return String.format(Locale.ROOT, "%.1f GiB %s", amount, of);
  }
}
