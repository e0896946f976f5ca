package dev.indelible.claims;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.Cell;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.kit.audit.Difference;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The encrypted cells of one row.
///
/// @param table the row's table
/// @param id its primary key
/// @param key of the record that the row belongs to; none when it is gone, or damaged
public record EncryptedRow(String table, UUID id, Optional<DataKey> key) {
  /// What is read where nothing can be decrypted. Intake takes no control characters, so it is
  /// nobody's text, and differs from whatever was anchored.
  public static final String UNREADABLE = "\u0000";

  /// A text as its cell is to hold it.
  public Bytes encrypt(String column, String text) {
    return key.orElseThrow().encrypt(cell(column), text.getBytes(StandardCharsets.UTF_8));
  }

  /// The same for a cell that may be empty.
  public @Nullable Bytes encryptNullable(String column, @Nullable String text) {
    return text == null ? null : encrypt(column, text);
  }

  /// The text in a cell, or [#UNREADABLE].
  public String decrypt(String column, Bytes held) {
    return key.flatMap(found -> found.decrypt(cell(column), held))
        .map(text -> new String(text, StandardCharsets.UTF_8))
        .orElse(UNREADABLE);
  }

  /// The same of a cell that may be empty.
  public @Nullable String decryptNullable(String column, @Nullable Bytes held) {
    return held == null ? null : decrypt(column, held);
  }

  /// What the audit says of a cell that is no statement's field: nothing when it opens.
  public Optional<Difference> damage(String column, Bytes held) {
    return decrypt(column, held).equals(UNREADABLE)
        ? Optional.of(
            new Difference(
                table,
                id.toString(),
                column,
                null,
                null,
                null,
                "is damaged: it cannot be decrypted"))
        : Optional.empty();
  }

  private Cell cell(String column) {
    return new Cell(table, id.toString(), column);
  }
}
