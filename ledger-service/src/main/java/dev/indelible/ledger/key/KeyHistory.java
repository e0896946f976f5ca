package dev.indelible.ledger.key;

import dev.indelible.ledger.Log;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.VerifierKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Which keys a log had in force when, as its own entries say.
///
/// A statement that the rules do not allow changes nothing, and one that is said twice counts once.
/// The rules: the genesis names the first generation and is signed by it. An announcement names the
/// next number, is signed by a generation in force and shows possession of both new keys. A
/// retirement is signed by another generation than it ends, so that one is always left.
///
/// @param terms in the order of their numbers
public record KeyHistory(List<KeyTerm> terms) {
  /// Of a log without entries.
  static final KeyHistory NONE = new KeyHistory(List.of());

  public KeyHistory {
    terms = List.copyOf(terms);
  }

  /// What the entries of a log say, in one snapshot. Rows that no entry commits to are passed over:
  /// the audit names them elsewhere.
  public static KeyHistory read(Connection connection, Log log) throws SQLException {
    KeyHistory history = NONE;
    for (OwnEntries.Row row : OwnEntries.read(connection, log.name(), 0, Long.MAX_VALUE)) {
      if (row.opened().isPresent()) {
        history = history.with(log.origin(), row.opened().get());
      }
    }
    return history;
  }

  /// The generations that sign a tree of the first `size` entries, oldest first.
  public List<KeyTerm> inForce(long size) {
    return terms.stream().filter(term -> term.isInForce(size)).toList();
  }

  /// The keys whose signatures a checkpoint over the first `size` entries carries, in order.
  public List<VerifierKey> keys(long size) {
    return inForce(size).stream().flatMap(term -> term.keys().stream()).toList();
  }

  /// The Ed25519 keys of all generations, those of the past included.
  public List<VerifierKey> everInForce() {
    return terms.stream().map(KeyTerm::ed25519).toList();
  }

  /// Whether a key in force signed the log's own entry at `index`.
  public boolean signed(Entry entry, long index) {
    return inForce(index).stream().anyMatch(term -> entry.isSignedBy(term.ed25519().publicKey()));
  }

  /// The generation of this number, if it was announced.
  public Optional<KeyTerm> find(int generation) {
    return terms.stream().filter(term -> term.generation() == generation).findFirst();
  }

  /// The history after one more thing that the log said of itself.
  KeyHistory with(String origin, OwnEntry said) {
    return switch (said.type()) {
      case KeyStatement.GENESIS -> withGenesis(origin, said);
      case KeyStatement.ANNOUNCED -> withAnnounced(origin, said);
      case KeyStatement.RETIRED -> withRetired(origin, said);
      default -> this;
    };
  }

  private KeyHistory withGenesis(String origin, OwnEntry said) {
    return KeyStatement.keys(origin, said)
        .filter(keys -> terms.isEmpty() && said.index() == 0)
        .filter(keys -> said.entry().isSignedBy(keys.get(0).publicKey()))
        .map(keys -> with(1, keys, said))
        .orElse(this);
  }

  private KeyHistory withAnnounced(String origin, OwnEntry said) {
    int number = said.number("/generation");
    return KeyStatement.keys(origin, said)
        .filter(keys -> number == terms.size() + 1)
        .filter(keys -> signed(said.entry(), said.index()))
        .filter(keys -> KeyStatement.isPossessed(origin, said, keys))
        .map(keys -> with(number, keys, said))
        .orElse(this);
  }

  private KeyHistory with(int generation, List<VerifierKey> keys, OwnEntry said) {
    String record = said.entry().subject();
    List<KeyTerm> all = new ArrayList<>(terms);
    all.add(
        new KeyTerm(
            generation, keys.get(0), keys.get(1), record, said.index(), OptionalLong.empty()));
    return new KeyHistory(all);
  }

  private KeyHistory withRetired(String origin, OwnEntry said) {
    int number = said.number("/generation");
    boolean byAnother =
        inForce(said.index()).stream()
            .filter(term -> term.generation() != number)
            .anyMatch(term -> said.entry().isSignedBy(term.ed25519().publicKey()));
    boolean known =
        KeyStatement.keys(origin, said)
            .equals(find(number).filter(t -> t.isInForce(said.index())).map(KeyTerm::keys));
    return byAnother && known
        ? new KeyHistory(
            terms.stream()
                .map(term -> term.generation() == number ? term.retiredAt(said.index()) : term)
                .toList())
        : this;
  }
}
