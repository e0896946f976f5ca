package dev.indelible.transparency.policy;

import dev.indelible.transparency.Checkpoint;
import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.VerificationException.Reason;
import dev.indelible.transparency.note.KeyType;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.SignedNote;
import dev.indelible.transparency.note.VerifierKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Whom a verifier believes: the keys of logs, the witnesses, and how many must agree (C2SP
/// tlog-policy).
///
/// @param logs keys of logs, each named as the log's origin
/// @param witnesses witnesses in the order of the file
/// @param quorum when a checkpoint counts as witnessed
public record TrustPolicy(List<VerifierKey> logs, List<Witness> witnesses, Quorum quorum) {
  /// A witness that the policy names.
  ///
  /// @param name name inside the policy
  /// @param key its cosignature key
  /// @param url where it takes checkpoints, if the file says
  public record Witness(String name, VerifierKey key, Optional<String> url) {}

  public TrustPolicy {
    logs = List.copyOf(logs);
    witnesses = List.copyOf(witnesses);
  }

  /// Reads a policy file's text.
  ///
  /// @throws IllegalArgumentException naming the line that is wrong
  public static TrustPolicy parse(String text) {
    return new PolicyReader().read(text);
  }

  /// The keys of the log of this origin, of whatever type.
  public List<VerifierKey> logKeys(String origin) {
    return logs.stream().filter(key -> key.name().equals(origin)).toList();
  }

  /// Checks a checkpoint's signatures. For every key type that the policy lists for the log, one
  /// valid signature has to be there, so that a checkpoint cannot drop the stronger of two
  /// algorithms. Unknown signatures are ignored; a known key's wrong signature refuses the note
  /// (C2SP signed-note).
  ///
  /// @throws VerificationException when the log is unknown, or a signature is missing or wrong
  public OpenedCheckpoint open(SignedNote note) throws VerificationException {
    Checkpoint checkpoint = parseCheckpoint(note);
    List<VerifierKey> keys = logKeys(checkpoint.origin());
    if (keys.isEmpty()) {
      throw new VerificationException(
          Reason.UNKNOWN_LOG, "expected " + origins() + ", found " + checkpoint.origin());
    }
    requireLogSignatures(note, keys);
    List<Cosignature> cosignatures = new ArrayList<>();
    for (Witness witness : witnesses) {
      cosignature(note, witness).ifPresent(cosignatures::add);
    }
    Set<String> names = cosignatures.stream().map(Cosignature::witness).collect(Collectors.toSet());
    return new OpenedCheckpoint(checkpoint, cosignatures, quorum.isMet(names));
  }

  /// Whether these witnesses, by their names in the policy, are enough; nobody is when the policy
  /// asks for none.
  public boolean isQuorum(Set<String> names) {
    return !(quorum instanceof Quorum.None) && quorum.isMet(names);
  }

  private String origins() {
    return logs.isEmpty()
        ? "no log at all"
        : logs.stream().map(VerifierKey::name).distinct().collect(Collectors.joining(" or "));
  }

  private static Checkpoint parseCheckpoint(SignedNote note) throws VerificationException {
    try {
      return Checkpoint.parse(note.text());
    } catch (IllegalArgumentException e) {
      throw new VerificationException(Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private static void requireLogSignatures(SignedNote note, List<VerifierKey> keys)
      throws VerificationException {
    Set<KeyType> missing = EnumSet.noneOf(KeyType.class);
    keys.forEach(key -> missing.add(key.type()));
    for (VerifierKey key : keys) {
      if (signatureOf(note, key).isPresent()) {
        missing.remove(key.type());
      }
    }
    if (!missing.isEmpty()) {
      throw new VerificationException(
          Reason.UNSIGNED, "no signature by the log's key of type " + missing);
    }
  }

  private static Optional<Cosignature> cosignature(SignedNote note, Witness witness)
      throws VerificationException {
    return signatureOf(note, witness.key())
        .map(line -> witness.key().time(line))
        .filter(time -> time > 0)
        .map(time -> new Cosignature(witness.name(), Instant.ofEpochSecond(time)));
  }

  /// The earliest valid signature of this key.
  private static Optional<NoteSignature> signatureOf(SignedNote note, VerifierKey key)
      throws VerificationException {
    List<NoteSignature> lines = note.signatures().stream().filter(key::claims).toList();
    for (NoteSignature line : lines) {
      if (!key.verify(note.text(), line)) {
        throw new VerificationException(
            Reason.BAD_SIGNATURE, "the signature of " + key.name() + " does not hold");
      }
    }
    return lines.stream().min(Comparator.comparingLong(key::time));
  }
}
