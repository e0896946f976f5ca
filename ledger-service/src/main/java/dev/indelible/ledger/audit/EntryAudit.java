package dev.indelible.ledger.audit;

import dev.indelible.ledger.Log;
import dev.indelible.ledger.audit.Findings.Place;
import dev.indelible.ledger.block.Block;
import dev.indelible.ledger.key.KeyHistory;
import dev.indelible.ledger.log.EntryStore;
import dev.indelible.ledger.tile.StoredNodes;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.merkle.CompactRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the entries in order and builds the tree from their bytes.
///
/// A leaf's hash stands in three places: in the bytes, in part in the column `leaf_key`, and in the
/// tile. Where two of them agree the third is named; the block's signed root then says whether the
/// two were right.
final class EntryAudit {
  private static final int FETCH = 256;

  private final Connection connection;
  private final Log log;
  private final KeyHistory keys;
  private final Findings findings;
  private final ErasureAudit erasures;
  private final TileAudit tiles;
  private final Map<Long, Entry> own = new HashMap<>();
  private Optional<Hash> lastBatch = Optional.empty();
  private StoredNodes nodes;
  private CompactRange range = CompactRange.EMPTY;

  EntryAudit(
      Connection connection, Log log, KeyHistory keys, ErasureAudit erasures, Findings findings) {
    this.connection = connection;
    this.log = log;
    this.keys = keys;
    this.findings = findings;
    this.erasures = erasures;
    this.tiles = new TileAudit(connection, log.name(), findings);
    this.nodes = new StoredNodes(connection, log.name());
  }

  /// Begins behind the leaves of a block whose checkpoint is signed, if the tiles hash to its root.
  ///
  /// @return whether they do
  boolean beginBehind(Block block) throws SQLException {
    try {
      range = CompactRange.of(block.end(), nodes);
    } catch (IllegalArgumentException e) {
      range = CompactRange.EMPTY;
    }
    boolean agrees = range.head().equals(block.head());
    if (agrees) {
      tiles.beginAt(block.end());
    } else {
      String row = log.name() + "/[0," + block.end() + ")";
      findings.differs(
          new Place("tile", row, "hashes"),
          block.number(),
          null,
          "the tiles do not hash to the root that is signed");
    }
    return agrees;
  }

  /// The tree so far.
  CompactRange range() {
    return range;
  }

  /// The log's own entries so far, by index.
  Map<Long, Entry> own() {
    return own;
  }

  TileAudit tiles() {
    return tiles;
  }

  /// Goes on to the entry before `end`.
  ///
  /// @param block the block that holds these entries, if one does
  void readTo(long end, @Nullable Long block) throws SQLException {
    List<Hash> leaves = new ArrayList<>();
    String sql =
        "SELECT idx, leaf_key, bytes FROM entry"
            + " WHERE log = ? AND idx >= ? AND idx < ? ORDER BY idx";
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setFetchSize(FETCH);
      select.setString(1, log.name());
      select.setLong(2, range.size());
      select.setLong(3, end);
      ResultSet row = select.executeQuery();
      while (row.next()) {
        long index = row.getLong(1);
        if (fill(leaves, index, block)) {
          take(leaves, check(row, block));
        } else {
          findings.differs(place(index, "idx"), block, index, "no entry can have this index");
        }
      }
    }
    boolean whole = block == null || fill(leaves, end, block);
    range = range.append(leaves);
    if (!whole) {
      findings.unchecked("log " + log.name() + " cannot be followed beyond " + range.size());
    }
  }

  /// Reports indices that no row has, up to `next`, and goes on with what the tiles say about them.
  /// False when they say nothing.
  private boolean fill(List<Hash> leaves, long next, @Nullable Long block) throws SQLException {
    while (range.size() + leaves.size() < next) {
      long index = range.size() + leaves.size();
      Optional<Hash> inTile = inTile(index);
      findings.differs(place(index, null), block, index, "the entry is missing");
      if (inTile.isEmpty()) {
        return false;
      }
      take(leaves, inTile.get());
    }
    return true;
  }

  private void take(List<Hash> leaves, Hash leaf) throws SQLException {
    leaves.add(leaf);
    tiles.add(leaf);
    if ((range.size() + leaves.size()) % FETCH == 0) {
      range = range.append(leaves);
      leaves.clear();
      // The next leaves are in the next tile; forget this one.
      nodes = new StoredNodes(connection, log.name());
    }
  }

  private Hash check(ResultSet row, @Nullable Long block) throws SQLException {
    findings.countEntry();
    long index = row.getLong(1);
    byte[] bytes = row.getBytes(3);
    Hash computed = Hash.leaf(bytes);
    UUID column = row.getObject(2, UUID.class);
    Optional<Hash> inTile = inTile(index);
    boolean columnAgrees = EntryStore.leafKey(computed).equals(column);
    boolean tileAgrees = inTile.equals(Optional.of(computed));
    boolean columnIsOfTile = inTile.map(EntryStore::leafKey).equals(Optional.of(column));
    if (!columnAgrees && !columnIsOfTile) {
      findings.differs(
          place(index, "leaf_key"), block, index, "the leaf key is not that of the bytes");
    }
    if (!columnAgrees && !tileAgrees) {
      findings.differs(
          place(index, "bytes"), block, index, "the bytes are not those that were sealed");
      return inTile.orElse(computed);
    }
    checkContent(bytes, index, block);
    return computed;
  }

  private void checkContent(byte[] bytes, long index, @Nullable Long block) {
    try {
      Entry entry = Entry.parse(bytes);
      erasures.entry(index, entry);
      if (entry.issuer().equals(log.issuer())) {
        own.put(index, entry);
        if (!keys.signed(entry, index)) {
          String message = "no key that the log had in force signed what it says of itself";
          findings.differs(place(index, "bytes"), block, index, message);
        }
      } else if (!log.issuers().signed(entry)) {
        findings.unchecked(place(index, null).row() + ": no issuer registered now signed this");
      }
    } catch (IllegalArgumentException e) {
      findings.differs(place(index, "bytes"), block, index, "the bytes are not an entry");
    }
  }

  /// A batch's one signature is checked with the first of its entries.
  private boolean isSigned(Entry entry) {
    Optional<Hash> batch = entry.batchSignature();
    if (batch.isPresent() && batch.equals(lastBatch)) {
      return true;
    }
    boolean signed = log.issuers().signed(entry);
    if (signed) {
      lastBatch = batch;
    }
    return signed;
  }

  private Optional<Hash> inTile(long index) {
    try {
      return Optional.of(nodes.node(0, index));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Place place(long index, @Nullable String field) {
    return new Place("entry", log.name() + "/" + index, field);
  }
}
