package dev.indelible.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A real PostgreSQL server on the loopback address, durable as in production: fsync, synchronous
/// commit and page checksums are on, and every role needs its password.
public final class PostgresServer {
  /// How long backends may outlive a server that was killed.
  private static final Duration ORPHANS = Duration.ofSeconds(20);

  private final Databases databases;
  private final Path data;
  private final PostgresBinaries binaries;
  private final Unprivileged user;
  private final Node node;

  /// A server that keeps its data in a folder, after which its process is called; nothing runs
  /// before {@link #start}.
  ///
  /// @param cache where the programs are unpacked, shared by all servers
  PostgresServer(
      Path cache, Path data, Path log, Databases databases, Node.Place place, Sizing sizing) {
    this.databases = databases;
    this.data = data;
    this.binaries = PostgresBinaries.under(cache);
    this.user = Unprivileged.here();
    Launch launch =
        new Launch(
            String.valueOf(data.getFileName()),
            user.command(serve(sizing)),
            Optional.empty(),
            Map.of(),
            List.of(databases.port()),
            log,
            databases::accept);
    this.node = new Node(launch, place);
  }

  /// The process, for tests that kill it.
  public Node node() {
    return node;
  }

  /// What is on the server.
  public Databases databases() {
    return databases;
  }

  public void start() {
    binaries.unpack();
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      initialise();
    }
    user.own(data);
    removeStalePid();
    long deadline = System.nanoTime() + ORPHANS.toNanos();
    while (!node.isRunning() && System.nanoTime() < deadline) {
      node.start();
      awaitServing();
    }
    node.awaitReady(Duration.ofSeconds(30));
  }

  /// After a `kill -9` of the server its backends live on for a moment and hold the shared memory,
  /// beside which no other server may start.
  private void awaitServing() {
    try {
      node.awaitReady(Duration.ofSeconds(30));
    } catch (LocalException e) {
      if (!String.valueOf(e.getMessage()).contains("pre-existing shared memory block")) {
        throw e;
      }
    }
  }

  /// The folder with its data.
  public Path data() {
    return data;
  }

  private List<String> serve(Sizing sizing) {
    List<String> words =
        new ArrayList<>(List.of(binaries.program("postgres"), "-D", data.toString()));
    Map<String, String> settings =
        Map.of(
            "port", Integer.toString(databases.port()),
            "listen_addresses", "127.0.0.1",
            "unix_socket_directories", "",
            "fsync", "on",
            "synchronous_commit", "on",
            "max_connections", "200",
            "password_encryption", "scram-sha-256",
            "timezone", "UTC",
            "log_timezone", "UTC");
    settings.forEach((key, value) -> words.addAll(List.of("-c", key + "=" + value)));
    sizing.postgres().forEach((key, value) -> words.addAll(List.of("-c", key + "=" + value)));
    return words;
  }

  private void initialise() {
    try {
      Files.createDirectories(data);
      Path password = Files.createTempFile(data.getParent(), "initdb", ".pw");
      Files.writeString(password, databases.password() + "\n");
      user.own(data);
      user.own(password);
      List<String> words =
          List.of(
              binaries.program("initdb"),
              "--pgdata=" + data,
              "--username=" + Databases.SUPERUSER,
              "--pwfile=" + password,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--locale=C");
      Commands.Outcome outcome = Commands.run(user.command(words));
      Files.delete(password);
      if (outcome.exit() != 0) {
        CachedFolder.delete(data);
        throw new LocalException("initdb failed:\n" + outcome.output(), "see ./indelible doctor");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// After a power cut the file names a process id that now belongs to somebody else, and
  /// PostgreSQL run as a namespaced root cannot tell; so we do.
  private void removeStalePid() {
    Path file = data.resolve("postmaster.pid");
    try {
      if (Files.exists(file)) {
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        boolean ours =
            ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .filter(command -> command.endsWith("postgres"))
                .isPresent();
        if (!ours) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
