package dev.indelible.witness.mirror;

import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.witness.command.Words;
import dev.indelible.witness.command.WrongUse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The command line of `mirror`.
///
/// @param url prefix of the log
/// @param folder of the copy
/// @param policy whose signatures count
/// @param every how often to look; once when empty
/// @param port to serve the copy on
/// @param host to listen on instead of the loopback
/// @param evidence folder for proof of a fork
record Arguments(
    String url,
    Path folder,
    TrustPolicy policy,
    Optional<Duration> every,
    Optional<Integer> port,
    Optional<String> host,
    Path evidence) {

  static final String USAGE =
      """
      mirror URL FOLDER --policy FILE [--every SECONDS | --once] [--port N] [--host NAME]
             [--evidence FOLDER]
        URL         where the log is: checkpoint and tiles are below it (C2SP tlog-tiles)
        FOLDER      where the copy is, in files that any web server can serve
        --policy    the keys of the logs and witnesses that you believe (C2SP tlog-policy)
        --every     how often to look whether the log has grown; without it, every 10 seconds
        --once      look once
        --port      serve the copy there, on the loopback address
        --host      serve it on this address instead
        --evidence  where proof of a fork is written; without it, here
      Exit code: 0 the copy is what the log shows, 1 contradicted, 3 could not be checked, 2 wrong use,
      4 the folder cannot be used
      """;

  private static final Duration USUAL = Duration.ofSeconds(10);

  private static final Set<String> OPTIONS =
      Set.of("--policy", "--every", "--port", "--host", "--evidence");

  static Arguments parse(List<String> words) throws WrongUse {
    Words given = Words.of(words, OPTIONS, Set.of("--once"));
    if (given.plain().size() != 2) {
      throw new WrongUse("mirror takes the address of a log and a folder");
    }
    Optional<Duration> every = given.findNumber("--every").map(Duration::ofSeconds);
    if (every.isPresent() && given.has("--once")) {
      throw new WrongUse("--every and --once exclude each other");
    }
    Optional<Long> port = given.findNumber("--port");
    if (port.filter(number -> number > 65_535).isPresent()) {
      throw new WrongUse("--port " + port.get() + " is no port");
    }
    return new Arguments(
        Words.url(given.plain().getFirst()),
        Path.of(given.plain().getLast()),
        given.policy(),
        given.has("--once") ? Optional.empty() : Optional.of(every.orElse(USUAL)),
        port.map(Long::intValue),
        given.find("--host"),
        Path.of(given.find("--evidence").orElse("")));
  }
}
