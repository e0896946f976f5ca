package dev.indelible.verifier;

import java.util.List;
import java.util.Locale;

/// Why a document does not simply match: likely causes, likeliest first, and the one thing to do
/// next.
public enum Finding {
  DOCUMENT_UNREADABLE(
      "Ask for the document again, as a file and not as text.",
      "the file is cut short or is another file",
      "a program re-saved it in another form"),
  PROOF_UNREADABLE(
      "Ask for the proof again, or download it from the ledger: …/entries/<index>/receipt.tlog-proof",
      "the file is cut short or is another file",
      "it was copied out of a mail or a web page"),
  POLICY_UNREADABLE(
      "Get the policy file again from the organisation whose word you take for it.",
      "the policy file has a typing error",
      "it is another file"),
  DOCUMENT_CHANGED(
      "Ask the sender for the document as it was anchored, and compare the two.",
      "a field was changed after the document was anchored",
      "it belongs to another version of the same record",
      "a program rewrote numbers or text when it saved the file"),
  NOT_INCLUDED(
      "Ask for the proof that belongs to this document.",
      "the proof belongs to another document",
      "the proof was changed",
      "the entry never was in this log"),
  UNKNOWN_LOG(
      "Get the right log's key from the regulator, not from the sender.",
      "the proof is for another log",
      "your policy is older than this log"),
  UNSIGNED(
      "Ask the regulator whether the log has changed its keys.",
      "your policy holds another key of this log",
      "a signature line was removed from the proof"),
  BAD_SIGNATURE(
      "Keep both files and tell the regulator: nobody but a forger or a broken disk makes this.",
      "the checkpoint in the proof was changed",
      "the signature was changed"),
  NO_QUORUM(
      "Fetch the proof again in a few minutes: cosignatures arrive after the entry does.",
      "the proof is fresh and witnesses have not cosigned yet",
      "a witness is out of service",
      "cosignatures were removed from the proof"),
  OTHER_ISSUER_KEY(
      "Ask the issuer which key it used.",
      "you gave the key of another organisation",
      "the issuer has changed its key"),
  ISSUER_SIGNATURE_WRONG(
      "Keep the file and tell the issuer.",
      "the entry was made by somebody else in the issuer's name",
      "the entry was changed");

  private final String next;
  private final String causes;

  Finding(String next, String... causes) {
    this.next = next;
    this.causes = String.join("\n", causes);
  }

  /// The name in JSON, such as `document-changed`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// One next action.
  public String next() {
    return next;
  }

  /// Likely causes, likeliest first.
  public List<String> causes() {
    return causes.lines().toList();
  }
}
