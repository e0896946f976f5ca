package dev.indelible.anchoring;

import dev.indelible.transparency.Hash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The service's signature over a row that the log says nothing about: a waiting token, a receipt
/// as it was accepted, a refusal. Whoever has the database but not the service's key cannot write
/// such a row, nor move one to another statement.
///
/// A seal is one SHA-256 for each column and an Ed25519 signature over them all, so that it can say
/// which column was changed.
public final class Seal {
  private static final String LABEL = "indelible/seal/v1\n";
  private static final int SIGNATURE = 64;

  private Seal() {}

  /// Seals a row.
  ///
  /// @param columns names and values, always in the same order
  public static Bytes of(Issuer issuer, String table, SequencedMap<String, Object> columns) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    columns.values().forEach(value -> out.writeBytes(digest(value).bytes()));
    out.writeBytes(issuer.sign(message(table, out.toByteArray())));
    return Bytes.of(out.toByteArray());
  }

  /// The columns that are not as they were sealed; `seal` when it is the seal itself.
  public static List<String> changed(
      Issuer issuer, Bytes seal, String table, SequencedMap<String, Object> columns) {
    byte[] bytes = seal.toArray();
    int digests = columns.size() * Hash.LENGTH;
    if (bytes.length != digests + SIGNATURE || !isSigned(issuer, table, bytes, digests)) {
      return List.of("seal");
    }
    List<String> changed = new ArrayList<>();
    int at = 0;
    for (Map.Entry<String, Object> column : columns.entrySet()) {
      if (!digest(column.getValue()).equals(Hash.at(bytes, at))) {
        changed.add(column.getKey());
      }
      at += Hash.LENGTH;
    }
    return changed;
  }

  private static boolean isSigned(Issuer issuer, String table, byte[] seal, int digests) {
    byte[] signed = java.util.Arrays.copyOf(seal, digests);
    byte[] signature = java.util.Arrays.copyOfRange(seal, digests, seal.length);
    return issuer.signed(message(table, signed), signature);
  }

  private static Hash digest(Object value) {
    return Hash.sha256(value.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// The label keeps this signature from being taken for one over an entry, the table's framed name
  /// keeps a seal in its table.
  private static byte[] message(String table, byte[] digests) {
    byte[] label = LABEL.getBytes(StandardCharsets.US_ASCII);
    byte[] name = table.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(label.length + Integer.BYTES + name.length + digests.length)
        .put(label)
        .putInt(name.length)
        .put(name)
        .put(digests)
        .array();
  }
}
