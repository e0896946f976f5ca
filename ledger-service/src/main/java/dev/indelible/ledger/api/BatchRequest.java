package dev.indelible.ledger.api;

import dev.indelible.kit.problem.Rejection;
import dev.indelible.ledger.LedgerProblem;
import dev.indelible.ledger.Log;
import dev.indelible.ledger.log.MatchToken;
import dev.indelible.ledger.log.Submission;
import dev.indelible.transparency.Hash;
import dev.indelible.transparency.cose.Batch;
import dev.indelible.transparency.cose.Draft;
import dev.indelible.transparency.cose.Entry;
import dev.indelible.transparency.note.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The body of a batch: `issuer`, `kid` (base64 of the key's RFC 9679 thumbprint), `signature` over
/// the statements' Merkle root, and `statements`, each with `subject`, `root` and `tokens`.
///
/// The entries are put together here, out of what differs between them; whoever signed the batch
/// has the same bytes.
final class BatchRequest {
  private static final Set<String> MEMBERS = Set.of("issuer", "kid", "signature", "statements");
  private static final Set<String> STATEMENT = Set.of("subject", "root", "tokens");
  private static final int SIGNATURE_BYTES = 64;

  private BatchRequest() {}

  /// Checks the one signature and everything else that can be checked without looking into the log.
  static List<Submission> read(Log log, Body all) {
    Body body = all.only(MEMBERS);
    String issuer = body.text("issuer");
    List<Draft> drafts = new ArrayList<>();
    List<List<MatchToken>> tokens = new ArrayList<>();
    for (Body statement : body.objects("statements", Batch.MAX_SIZE)) {
      drafts.add(draft(issuer, statement.only(STATEMENT)));
      tokens.add(TokenBodies.of(statement));
    }
    if (drafts.isEmpty()) {
      throw body.invalid("statements", "is missing or empty");
    }
    List<Entry> entries = entries(log, issuer, drafts, body);
    List<Submission> submissions = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      submissions.add(Submission.of(entries.get(i), tokens.get(i)));
    }
    return submissions;
  }

  private static Draft draft(String issuer, Body statement) {
    String subject = statement.text("subject");
    AppendRequest.requireNames(issuer, subject);
    byte[] root = statement.base64("root", Hash.LENGTH);
    if (root.length != Hash.LENGTH) {
      throw statement.invalid("root", "is not 32 bytes");
    }
    return new Draft(subject, Hash.of(root));
  }

  private static List<Entry> entries(Log log, String issuer, List<Draft> drafts, Body body) {
    byte[] kid = body.base64("kid", Hash.LENGTH);
    byte[] signature = body.base64("signature", SIGNATURE_BYTES);
    VerifierKey key =
        (kid.length == Hash.LENGTH && !AppendRequest.isLog(issuer)
                ? log.issuers().find(Hash.of(kid))
                : java.util.Optional.<VerifierKey>empty())
            .orElseThrow(
                () ->
                    Rejection.of(
                        LedgerProblem.UNKNOWN_ISSUER,
                        "No key with this kid is registered for the log " + log.name() + "."));
    return Entry.batch(issuer, drafts, key, signature)
        .orElseThrow(
            () ->
                Rejection.of(
                    LedgerProblem.BAD_BATCH,
                    "The signature is not that of the key over these statements in this order."));
  }
}
