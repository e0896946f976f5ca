package dev.indelible.anchoring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where the ledger is and whom this service signs and trusts as.
@ConfigMapping(prefix = "indelible.anchoring")
public interface AnchoringConfig {
  /// Where the ledger is: one address, or those of several of its processes, the nearest first.
  List<URI> ledgerUrl();

  /// The log that this service writes to.
  String log();

  /// PEM file of the Ed25519 key that signs entries.
  Path issuerKey();

  /// Name of that key, equal to the client id at the identity provider.
  String issuerName();

  /// File with the base64 of the 32 bytes that match tokens are keyed with.
  Path matchKey();

  /// Which match key that is; a new key is a new epoch.
  @WithDefault("1")
  int matchEpoch();

  /// File with the base64 of the 32 bytes of the key-encryption key.
  Path kek();

  /// Files of earlier ones, while data keys are still wrapped under them.
  Optional<List<Path>> olderKeks();

  /// File of the policy (C2SP tlog-policy) that receipts are judged by.
  Path policy();

  /// How long the relay rests when there is nothing to send.
  @WithDefault("500ms")
  Duration rest();

  /// The longest the relay waits before it tries a ledger that is down again.
  @WithDefault("5s")
  Duration longestBackOff();

  /// How long one call to the ledger may take.
  @WithDefault("10s")
  Duration callTimeout();

  /// How often the service audits itself.
  @WithDefault("10m")
  String auditEvery();
}
