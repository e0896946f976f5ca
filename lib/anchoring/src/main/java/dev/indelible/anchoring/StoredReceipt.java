package dev.indelible.anchoring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;

/// A row of `receipt`, as it is and not as it should be.
///
/// @param statementId the statement
/// @param leafIndex where its entry is
/// @param block the block that sealed it
/// @param level `included` or `witnessed`
/// @param proof C2SP tlog-proof
/// @param seal the service's signature over the row
public record StoredReceipt(
    UUID statementId, long leafIndex, long block, String level, String proof, Bytes seal) {
  /// The level of a checkpoint that the log signed.
  public static final String INCLUDED = "included";

  /// The level of a checkpoint that a quorum of witnesses saw.
  public static final String WITNESSED = "witnessed";

  private static final String TABLE = "receipt";

  static StoredReceipt sealed(
      Issuer issuer, UUID statementId, long block, VerifiedReceipt receipt) {
    String level = receipt.witnessed() ? WITNESSED : INCLUDED;
    String proof = receipt.proof().print();
    long index = receipt.proof().proof().index();
    Bytes seal = Seal.of(issuer, TABLE, columns(statementId, index, block, level, proof));
    return new StoredReceipt(statementId, index, block, level, proof, seal);
  }

  /// The columns that this service did not write so.
  public List<String> changed(Issuer issuer) {
    return Seal.changed(issuer, seal, TABLE, columns(statementId, leafIndex, block, level, proof));
  }

  private static SequencedMap<String, Object> columns(
      UUID statementId, long leafIndex, long block, String level, String proof) {
    SequencedMap<String, Object> columns = new LinkedHashMap<>();
    columns.put("statement_id", statementId);
    columns.put("leaf_index", leafIndex);
    columns.put("block", block);
    columns.put("level", level);
    columns.put("proof", proof);
    return columns;
  }
}
