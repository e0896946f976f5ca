package dev.indelible.witness;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.TrustPolicy;
import java.util.List;

/// The keys of the logs that a witness watches. Other witnesses' cosignatures are unknown keys
/// here: whether they hold is not ours to say.
final class LogKeys {

  private final TrustPolicy logs;

  /// Takes the logs of a policy and leaves its witnesses and quorum.
  LogKeys(TrustPolicy policy) {
    StringBuilder text = new StringBuilder();
    policy.logs().forEach(key -> text.append("log ").append(key.vkey()).append('\n'));
    this.logs = TrustPolicy.parse(text + "quorum none\n");
  }

  List<VerifierKey> of(String origin) {
    return logs.logKeys(origin);
  }

  /// The checkpoint that the log signed.
  ///
  /// @throws Refusal with the status of C2SP tlog-witness, add-checkpoint
  Checkpoint open(SignedNote note) throws Refusal {
    String origin = note.text().substring(0, note.text().indexOf('\n'));
    // SPEC: "If the checkpoint origin is unknown, the witness MUST respond with a '404 Not Found'
    // HTTP status code."
    if (of(origin).isEmpty()) {
      throw new Refusal(404, "no log of this origin is watched here");
    }
    if (isEmptyTreeWithAnotherRoot(note.text())) {
      throw emptyTreeWithAnotherRoot(note, origin);
    }
    try {
      return logs.open(note).checkpoint();
    } catch (VerificationException e) {
      String reason = String.valueOf(e.getMessage());
      throw switch (e.reason()) {
        case MALFORMED -> new Refusal(400, reason);
        // SPEC: "The witness MUST respond with a '403 Forbidden' HTTP status code if either no
        // signature from a trusted key for the origin is present, or a signature line's key name
        // and ID match a trusted key but the signature itself fails to verify." Where the policy
        // lists two types of key for a log, a note without one of them counts as unsigned.
        default -> new Refusal(403, reason);
      };
    }
  }

  /// The signatures by the log's own keys. SPEC: "it MUST ignore signatures from unknown keys."
  List<NoteSignature> signatures(SignedNote note, String origin) {
    return note.signatures().stream()
        .filter(line -> of(origin).stream().anyMatch(key -> key.claims(line)))
        .toList();
  }

  private static boolean isEmptyTreeWithAnotherRoot(String text) {
    String[] lines = text.split("\n", -1);
    return lines.length == 4
        && lines[1].equals("0")
        && !Hash.fromBase64(lines[2]).equals(Hash.EMPTY_TREE);
  }

  /// SPEC: "A checkpoint of size zero MUST have the root hash of the empty tree […]. Otherwise, the
  /// witness MUST respond with a '422 Unprocessable Entity' HTTP status code." Not to strangers: an
  /// ML-DSA key cannot sign such a text in our reading, so the Ed25519 key has to have signed.
  private Refusal emptyTreeWithAnotherRoot(SignedNote note, String origin) {
    boolean signed =
        of(origin).stream()
            .filter(key -> key.type() == KeyType.ED25519)
            .anyMatch(
                key ->
                    note.signatures().stream()
                        .anyMatch(line -> key.claims(line) && key.verify(note.text(), line)));
    return signed
        ? new Refusal(422, "the empty tree has one root hash only")
        : new Refusal(403, "not signed by the log's Ed25519 key");
  }
}
