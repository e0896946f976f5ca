package dev.indelible.verifier;

import dev.indelible.transparency.VerificationException;
import dev.indelible.transparency.VerificationException.Reason;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.merkle.InclusionProof;
import dev.indelible.transparency.note.NoteSignature;
import dev.indelible.transparency.note.VerifierKey;
import dev.indelible.transparency.policy.OpenedCheckpoint;
import dev.indelible.transparency.policy.TrustPolicy;
import dev.indelible.transparency.receipt.TlogProof;
import dev.indelible.transparency.statement.Disclosure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The five checks. Each says its own result; none stops the next, so that a reader sees at once
/// what holds and what does not.
final class Examination {
  private final Evidence evidence;
  private final Check logKey;
  private final Optional<OpenedCheckpoint> opened;

  private Examination(Evidence evidence) {
    this.evidence = evidence;
    Optional<OpenedCheckpoint> checkpoint = Optional.empty();
    Check key;
    try {
      checkpoint = open();
      key = checkpoint.map(this::keyHeld).orElseGet(this::keyUnreadable);
    } catch (VerificationException e) {
      key = keyRefused(e);
    }
    this.opened = checkpoint;
    this.logKey = key;
  }

  /// Document, place in the log, log key, witnesses, issuer.
  static List<Check> of(Evidence evidence) {
    Examination examination = new Examination(evidence);
    return List.of(
        examination.document(),
        examination.inclusion(),
        examination.logKey,
        examination.witnesses(),
        examination.issuer());
  }

  private Check document() {
    Optional<Disclosure> document = evidence.document().find();
    if (document.isEmpty()) {
      return Check.unchecked(
          "document",
          "document not readable: " + evidence.document().why(),
          Finding.DOCUMENT_UNREADABLE);
    }
    try {
      document.get().verify();
      return Check.ok("document", "document unchanged: " + fields(document.get()));
    } catch (VerificationException e) {
      return Check.wrong(
          "document", "document changed: " + e.getMessage(), Finding.DOCUMENT_CHANGED);
    }
  }

  private static String fields(Disclosure document) {
    long withheld =
        document.fields().stream().filter(f -> f instanceof Disclosure.Withheld).count();
    String all = document.fields().size() + " fields";
    return withheld == 0 ? all : all + ", " + withheld + " of them withheld";
  }

  private Optional<OpenedCheckpoint> open() throws VerificationException {
    Optional<TrustPolicy> policy = evidence.policy().find();
    Optional<TlogProof> proof = evidence.proof().find();
    return policy.isPresent() && proof.isPresent()
        ? Optional.of(policy.get().open(proof.get().checkpoint()))
        : Optional.empty();
  }

  /// Names the keys that signed: a policy may hold others, of times before or after.
  private Check keyHeld(OpenedCheckpoint checkpoint) {
    List<NoteSignature> lines = evidence.proof().find().orElseThrow().checkpoint().signatures();
    String keys =
        evidence.policy().find().orElseThrow().logKeys(checkpoint.checkpoint().origin()).stream()
            .filter(key -> lines.stream().anyMatch(key::claims))
            .map(Examination::describe)
            .collect(Collectors.joining(", "));
    return Check.ok("log-key", "log key is the one you hold: " + keys);
  }

  private static String describe(VerifierKey key) {
    String algorithm = key.type().algorithm().name().replace('_', '-');
    return (algorithm.equals("ED25519") ? "Ed25519 " : algorithm + " ")
        + String.format("%08x", key.id());
  }

  private Check keyUnreadable() {
    boolean policy = evidence.policy().find().isEmpty();
    return Check.unchecked(
        "log-key",
        policy
            ? "policy not readable: " + evidence.policy().why()
            : "proof not readable: " + evidence.proof().why(),
        policy ? Finding.POLICY_UNREADABLE : Finding.PROOF_UNREADABLE);
  }

  private static Check keyRefused(VerificationException e) {
    if (e.reason() == Reason.BAD_SIGNATURE) {
      return Check.wrong(
          "log-key", "a signature is wrong: " + e.getMessage(), Finding.BAD_SIGNATURE);
    }
    boolean unknown = e.reason() == Reason.UNKNOWN_LOG;
    return Check.unchecked(
        "log-key",
        (unknown ? "log not known to you: " : "log key not the one you hold: ") + e.getMessage(),
        unknown ? Finding.UNKNOWN_LOG : Finding.UNSIGNED);
  }

  private Check inclusion() {
    if (opened.isEmpty()) {
      return dependent("inclusion", "place in the log not checked: no checkpoint to trust");
    }
    if (evidence.document().find().isEmpty()) {
      return Check.unchecked(
          "inclusion", "place in the log not checked: no entry", Finding.DOCUMENT_UNREADABLE);
    }
    Entry entry = evidence.document().find().get().entry();
    InclusionProof proof = evidence.proof().find().orElseThrow().proof();
    String place = (proof.index() + 1) + " of " + proof.size();
    return proof.verify(entry.leafHash(), opened.get().checkpoint().head())
        ? Check.ok("inclusion", "in the log at position " + place)
        : Check.wrong(
            "inclusion",
            "not in the log at position "
                + place
                + ": the proof does not lead from leaf "
                + entry.leafHash()
                + " to root "
                + opened.get().checkpoint().head().root(),
            Finding.NOT_INCLUDED);
  }

  private Check witnesses() {
    if (opened.isEmpty()) {
      return dependent("witnesses", "witnesses not checked: no checkpoint to trust");
    }
    String count =
        opened.get().cosignatures().size()
            + " of "
            + evidence.policy().find().orElseThrow().witnesses().size();
    String who =
        opened.get().cosignatures().stream()
            .map(c -> c.witness() + " " + c.time())
            .collect(Collectors.joining(", "));
    return opened.get().witnessed()
        ? Check.ok("witnesses", "witnessed by " + count + (who.isEmpty() ? "" : ": " + who))
        : Check.unchecked(
            "witnesses",
            "witnessed by " + count + ", fewer than your policy asks for",
            Finding.NO_QUORUM);
  }

  /// A check that rests on the log's key says nothing of its own when that key does not hold.
  private Check dependent(String name, String text) {
    return new Check(name, Check.State.UNCHECKED, text, logKey.finding());
  }

  private Check issuer() {
    if (evidence.document().find().isEmpty()) {
      return Check.skipped("issuer", "issuer not known");
    }
    Entry entry = evidence.document().find().get().entry();
    if (evidence.issuer().isEmpty()) {
      return Check.skipped("issuer", "issuer " + entry.issuer() + ": not checked, give --issuer");
    }
    VerifierKey key = evidence.issuer().get();
    if (!entry.kid().equals(key.thumbprint())) {
      return Check.unchecked(
          "issuer",
          "issuer " + entry.issuer() + ": signed with another key than " + key.name(),
          Finding.OTHER_ISSUER_KEY);
    }
    return entry.isSignedBy(key)
        ? Check.ok(
            "issuer", "issuer " + entry.issuer() + ": signature checked with the key you gave")
        : Check.wrong(
            "issuer",
            "issuer " + entry.issuer() + ": the signature is not by " + key.name(),
            Finding.ISSUER_SIGNATURE_WRONG);
  }
}
