package dev.indelible.anchoring.encryption;

import dev.indelible.anchoring.Bytes;
import dev.indelible.anchoring.Cell;
import java.util.Optional;
import javax.crypto.SecretKey;

/// The key of one record. What it encrypts opens in the cell for which it was encrypted and in no
/// other, of this record or of another.
public final class DataKey {
  private static final String LABEL = "indelible/cell/v1\n";

  private final SecretKey key;

  private DataKey(byte[] key) {
    this.key = Gcm.key(key);
  }

  /// A new key, of no record yet.
  public static DataKey random() {
    return new DataKey(Gcm.randomKey());
  }

  /// The key with these bytes, unless they are none.
  static Optional<DataKey> of(byte[] key) {
    return key.length == Gcm.KEY ? Optional.of(new DataKey(key)) : Optional.empty();
  }

  byte[] bytes() {
    return key.getEncoded();
  }

  /// What the cell is to hold: 12 bytes of nonce, the ciphertext, 16 bytes of tag.
  public Bytes encrypt(Cell cell, byte[] plaintext) {
    return Gcm.encrypt(key, additional(cell), plaintext);
  }

  /// What was encrypted for this cell, unless the cell holds something else by now.
  public Optional<byte[]> decrypt(Cell cell, Bytes ciphertext) {
    return Gcm.decrypt(key, additional(cell), ciphertext);
  }

  private static byte[] additional(Cell cell) {
    return Gcm.additional(LABEL, cell.table(), cell.row(), cell.column());
  }
}
