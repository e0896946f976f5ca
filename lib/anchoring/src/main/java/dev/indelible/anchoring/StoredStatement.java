package dev.indelible.anchoring;

import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.statement.Commitments;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `anchored_statement`, as it is and not as it should be.
///
/// @param id the statement
/// @param organisation who stated it: the entry's issuer, for the database's policies
/// @param entry the leaf
/// @param keyId the data key that the seed is encrypted under
/// @param seed the opening's seed, encrypted, unless erased
/// @param pointers fields in the order of their commitments
/// @param cells `table/row/column` of each field
/// @param commitments 32 bytes for each field
public record StoredStatement(
    UUID id,
    String organisation,
    Bytes entry,
    UUID keyId,
    @Nullable Bytes seed,
    List<String> pointers,
    List<String> cells,
    Bytes commitments) {
  private static final String TABLE = "anchored_statement";

  public StoredStatement {
    pointers = List.copyOf(pointers);
    cells = List.copyOf(cells);
  }

  static StoredStatement of(
      AnchorRequest request, Entry entry, Bytes seed, Commitments commitments) {
    List<String> pointers = List.copyOf(commitments.byPointer().keySet());
    return new StoredStatement(
        request.statementId(),
        request.organisation(),
        Bytes.of(entry.bytes()),
        request.key(),
        seed,
        pointers,
        cells(request.statement(), pointers),
        join(commitments));
  }

  /// The cell of a statement's seed.
  static Cell seedCell(UUID id) {
    return new Cell(TABLE, id.toString(), "seed");
  }

  /// The cells of these fields, in order; empty for a field that lives in the code.
  public static List<String> cells(TracedStatement traced, List<String> pointers) {
    return pointers.stream()
        .map(
            pointer ->
                traced
                    .cell(pointer)
                    .map(cell -> cell.table() + "/" + cell.row() + "/" + cell.column())
                    .orElse(""))
        .toList();
  }

  /// The column's form of commitments.
  public static Bytes join(Commitments commitments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    commitments.byPointer().values().stream().map(Hash::bytes).forEach(out::writeBytes);
    return Bytes.of(out.toByteArray());
  }
}
