package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.AnchoredRow;
import dev.indelible.anchoring.Issuer;
import dev.indelible.anchoring.LiveStatement;
import dev.indelible.anchoring.Seed;
import dev.indelible.anchoring.StoredStatement;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.statement.Commitments;
import dev.indelible.transparency.statement.Opening;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Compares a live statement with its row of `anchored_statement`. Three things have to agree: the
/// live values under the seed, the stored commitments, and the root in the signed entry. Two that
/// agree convict the third.
final class StatementComparison {
  private final LiveStatement live;
  private final StoredStatement stored;
  private final Seed seed;
  private final Moves moves;
  private final List<Finding> findings = new ArrayList<>();

  private StatementComparison(LiveStatement live, AnchoredRow row, Moves moves) {
    this.moves = moves;
    this.live = live;
    this.stored = Objects.requireNonNull(row.statement());
    this.seed = row.seed();
  }

  /// The entry in a stored row, unless the bytes are not an entry that this service signed.
  static Optional<Entry> entry(StoredStatement stored, Issuer issuer) {
    try {
      Entry entry = Entry.parse(stored.entry().toArray());
      return Optional.of(entry).filter(issuer::signed);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// All differences of one statement.
  ///
  /// @param row which has a stored statement
  static List<Finding> of(LiveStatement live, AnchoredRow row, Issuer issuer, Moves moves) {
    StatementComparison comparison = new StatementComparison(live, row, moves);
    Entry entry = entry(comparison.stored, issuer).orElse(null);
    if (entry == null) {
      comparison.column("entry", "is not an entry that this service signed");
    }
    comparison.compare(entry);
    if (comparison.findings.isEmpty() && entry != null) {
      comparison.compareIdentity(entry);
    }
    return List.copyOf(comparison.findings);
  }

  /// Whether the row is the organisation's that issued its entry: the column decides who sees it.
  static List<Finding> organisation(StoredStatement stored, Entry entry) {
    return entry.issuer().equals(Issuer.issuerOf(stored.organisation()))
        ? List.of()
        : List.of(
            Finding.column(
                Finding.STATEMENTS, stored.id(), "organisation", "is not who issued the entry"));
  }

  private void compare(@Nullable Entry entry) {
    switch (seed) {
      case Seed.Erased() -> column("seed", "is gone: the statement cannot be opened any more");
      case Seed.Locked(String table, String row, String column, String message) ->
          findings.add(new Finding(table, row, column, null, message));
      case Seed.Opened(Opening opening, UUID key) -> {
        if (!key.equals(stored.keyId())) {
          column("key_id", "names another key than the seed is encrypted under");
        }
        compare(entry, opening);
      }
    }
  }

  private void compare(@Nullable Entry entry, Opening opening) {
    Commitments now = opening.commit(live.statement().statement());
    if (entry != null && now.root().equals(entry.statementRoot())) {
      compareColumns(now);
    } else {
      compareFields(entry, opening, now);
    }
  }

  /// Live values and entry agree, so any other column that does not is the one that was edited.
  private void compareColumns(Commitments now) {
    List<String> pointers = List.copyOf(now.byPointer().keySet());
    if (!stored.pointers().equals(pointers)) {
      column("pointers", "are not the statement's fields");
    }
    if (!stored.commitments().equals(StoredStatement.join(now))) {
      column("commitments", "are not those of the statement");
    }
    if (!stored.cells().equals(StoredStatement.cells(live.statement(), pointers))) {
      column("cells", "are not the cells of the statement's fields");
    }
  }

  private void compareFields(@Nullable Entry entry, Opening opening, Commitments now) {
    boolean storedIsLive = stored.commitments().equals(StoredStatement.join(now));
    if (entry == null && storedIsLive) {
      return;
    }
    if (entry != null && storedIsLive) {
      column("entry", "is the entry of another statement");
      return;
    }
    Optional<List<Committed>> committed = Committed.of(stored);
    if (committed.isEmpty()) {
      column("commitments", "do not fit pointers and cells, so fields cannot be named");
      findings.add(Finding.row(live.table(), live.row(), "the record is not what was anchored"));
      return;
    }
    requireRoot(entry, committed.get());
    FieldComparison fields = new FieldComparison(live, committed.get(), opening);
    if (fields.isSeedWrong()) {
      column("seed", "opens not one field: the seed was edited");
    } else {
      findings.addAll(fields.findings());
      fields.tell(moves);
    }
  }

  private void requireRoot(@Nullable Entry entry, List<Committed> committed) {
    Hash root = Committed.root(committed);
    if (entry != null && !root.equals(entry.statementRoot())) {
      column("commitments", "do not hash to the root in the entry");
    }
  }

  /// The names in the entry are those of the record: rows have not changed places.
  private void compareIdentity(Entry entry) {
    if (!entry.subject().equals(Issuer.subjectOf(live.record()))) {
      findings.add(
          Finding.row(live.table(), live.row(), "the entry is about record " + entry.subject()));
    }
    if (!entry.issuer().equals(Issuer.issuerOf(live.organisation()))) {
      findings.add(
          Finding.row(live.table(), live.row(), "the entry was issued by " + entry.issuer()));
    }
  }

  private void column(String column, String message) {
    findings.add(Finding.column(Finding.STATEMENTS, stored.id(), column, message));
  }
}
