package dev.indelible.anchoring;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.VerificationException.Reason;
import dev.indelible.transparency.canonical.Json;
import dev.indelible.transparency.canonical.Json.JsonNumber;
import dev.indelible.transparency.canonical.Json.JsonObject;
import dev.indelible.transparency.canonical.Json.JsonString;
import dev.indelible.transparency.canonical.JsonException;
import dev.indelible.transparency.canonical.JsonReader;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.receipt.TlogProof;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/// Receipts of leaves of a block as the ledger gives them in bulk (docs/formats/receipt.md): one
/// checkpoint, and a path to it for each leaf. Read, not believed: all that is said beside, such as
/// the level, is what [ReceiptJudge] has to find for itself.
///
/// @param checkpoint under which all of them are
/// @param paths by leaf index
record BlockReceipts(SignedNote checkpoint, Map<Long, List<Hash>> paths) {
  BlockReceipts {
    paths = Map.copyOf(paths);
  }

  /// Reads the ledger's answer.
  ///
  /// @throws VerificationException when it is none
  static BlockReceipts parse(byte[] body) throws VerificationException {
    try {
      JsonObject answer = JsonReader.readObject(body);
      String checkpoint = answer.findString("checkpoint").orElseThrow();
      Map<Long, List<Hash>> paths = new HashMap<>();
      for (Json item : answer.list("receipts")) {
        JsonObject leaf = (JsonObject) item;
        JsonNumber index = (JsonNumber) leaf.find("index").orElseThrow();
        paths.put(
            index.decimal().longValueExact(),
            leaf.list("path").stream().map(BlockReceipts::hash).toList());
      }
      return new BlockReceipts(SignedNote.parse(checkpoint), paths);
    } catch (JsonException
        | ClassCastException
        | NoSuchElementException
        | ArithmeticException
        | IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private static Hash hash(Json text) {
    return Hash.fromBase64(((JsonString) text).value());
  }

  /// The receipt of a leaf, in its one form.
  ///
  /// @throws VerificationException when the answer has none
  TlogProof receipt(long index) throws VerificationException {
    List<Hash> path = paths.get(index);
    if (path == null) {
      throw new VerificationException(Reason.NOT_INCLUDED, "its block's receipts have none for it");
    }
    try {
      long size = Checkpoint.parse(checkpoint.text()).head().size();
      return new TlogProof(new InclusionProof(index, size, path), checkpoint);
    } catch (IllegalArgumentException e) {
      throw unreadable(e);
    }
  }

  private static VerificationException unreadable(RuntimeException e) {
    return new VerificationException(
        Reason.MALFORMED, "not receipts of a block: " + e.getMessage());
  }
}
