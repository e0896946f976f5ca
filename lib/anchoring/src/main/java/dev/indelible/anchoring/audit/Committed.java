package dev.indelible.anchoring.audit;

import dev.indelible.anchoring.Cell;
import dev.indelible.anchoring.StoredStatement;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.statement.Commitments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// One field as it was committed to.
///
/// @param pointer the field
/// @param cell where it lived; nothing for a field that lives in the code
/// @param commitment its commitment
record Committed(String pointer, Optional<Cell> cell, Hash commitment) {
  /// The fields of a stored statement, or nothing when its columns do not fit each other.
  static Optional<List<Committed>> of(StoredStatement stored) {
    byte[] hashes = stored.commitments().toArray();
    int count = stored.pointers().size();
    boolean distinct = stored.pointers().stream().distinct().count() == count;
    if (hashes.length != count * Hash.LENGTH || stored.cells().size() != count || !distinct) {
      return Optional.empty();
    }
    List<Committed> fields = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Hash commitment = Hash.at(hashes, i * Hash.LENGTH);
      Optional<Cell> cell = Optional.ofNullable(cell(stored.cells().get(i)));
      fields.add(new Committed(stored.pointers().get(i), cell, commitment));
    }
    return Optional.of(fields);
  }

  /// What the commitments hash to.
  static Hash root(List<Committed> fields) {
    SequencedMap<String, Hash> byPointer = new LinkedHashMap<>();
    fields.forEach(field -> byPointer.put(field.pointer(), field.commitment()));
    return new Commitments(byPointer).root();
  }

  private static @Nullable Cell cell(String text) {
    int first = text.indexOf('/');
    int last = text.lastIndexOf('/');
    return first < 0 || first == last
        ? null
        : new Cell(
            text.substring(0, first), text.substring(first + 1, last), text.substring(last + 1));
  }
}
