package dev.indelible.ledger.time;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The time-stamping authority, if there is one.
@ConfigMapping(prefix = "indelible.ledger.tsa")
public interface TsaConfig {
  /// Where it answers requests of RFC 3161 over HTTP.
  Optional<URI> url();

  /// PEM file of the certificates at which its chain has to end.
  Optional<Path> trust();

  /// How long after a timestamp the next one is due.
  @WithDefault("24h")
  Duration every();

  /// How often to look whether one is due, and so to ask again after a failure; `off` never.
  @WithDefault("10m")
  String retry();

  /// How long it may take to answer, to the last byte.
  @WithDefault("10s")
  Duration within();
}
