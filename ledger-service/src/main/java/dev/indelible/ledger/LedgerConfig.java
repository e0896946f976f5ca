package dev.indelible.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an operator can set. Only the first four have no default.
@ConfigMapping(prefix = "indelible.ledger")
public interface LedgerConfig {
  /// What the origins of all logs start with: `<origin>/<log>`.
  String origin();

  /// Directory of `<log>.ed25519.pem` and `<log>.ml-dsa-44.pem`, and of `<log>.2.ed25519.pem` and
  /// so on when the keys change. A file `.hsm` instead of `.pem` names a key in hardware.
  Path keys();

  /// tlog-policy file: keys of the logs, witnesses and their URLs, quorum.
  Path policy();

  /// Who may sign entries: lines `issuer <log> <vkey>`.
  Path issuers();

  /// URL at which other ledger processes reach this one.
  @WithDefault("http://localhost:${quarkus.http.port}")
  String self();

  /// The name in the certificates of the ledger processes, where their addresses have none, as
  /// those of pods.
  Optional<String> peerName();

  /// Names of the logs.
  @WithDefault("claims,trials")
  List<String> logs();

  /// How long a writer that is silent keeps its place.
  @WithDefault("2s")
  Duration lease();

  /// Entries at which a batch is closed. A block may hold more: what is submitted together is never
  /// divided.
  @WithDefault("1024")
  int batchEntries();

  /// How long a batch waits for company at most; where few come it waits less.
  @WithDefault("10ms")
  Duration batchLinger();

  /// Entries that may wait for the writer; more are sent away.
  @WithDefault("32768")
  int queueEntries();

  /// Entries that one organisation may submit in a second, on average over [#quotaBurst].
  @WithDefault("5000")
  int quotaPerSecond();

  /// For how many seconds an organisation may use its quota in advance.
  @WithDefault("10s")
  Duration quotaBurst();

  /// How long a submitter waits for the block before being told to come again.
  @WithDefault("15s")
  Duration answerWithin();

  /// How long a witness may take to answer.
  @WithDefault("3s")
  Duration witnessWithin();

  /// Shortest time between two blocks for the witnesses; those in between they never see.
  @WithDefault("200ms")
  Duration witnessEvery();

  /// Longest pause before a silent witness is asked again.
  @WithDefault("10s")
  Duration witnessPause();

  /// After how long without a new block those who listen are shown that the connection lives.
  @WithDefault("15s")
  Duration heartbeat();

  /// How often the service audits the next blocks of each log; `off` never.
  @WithDefault("10m")
  String auditEvery();

  /// How long after its start it begins with that.
  @WithDefault("30s")
  String auditAfter();

  /// Entries that the service audits each time, in whole blocks.
  @WithDefault("200000")
  long auditEntries();
}
