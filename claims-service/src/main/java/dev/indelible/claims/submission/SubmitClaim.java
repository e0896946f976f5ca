package dev.indelible.claims.submission;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.anchoring.MatchKey;
import dev.indelible.anchoring.MatchToken;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.anchoring.erasure.RecordKey;
import dev.indelible.claims.ClaimProblem;
import dev.indelible.claims.ClaimSubmission;
import dev.indelible.claims.ClaimSubmission.Identifier;
import dev.indelible.claims.Member;
import dev.indelible.claims.MemberIndex;
import dev.indelible.claims.duplicate.BilledService;
import dev.indelible.claims.duplicate.ExactKey;
import dev.indelible.claims.duplicate.ExactKeys;
import dev.indelible.kit.problem.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Stores a claim and queues it for the ledger: one transaction, so there is never one without the
/// other.
@ApplicationScoped
public class SubmitClaim {
  private final Claims claims;
  private final ExactKeys exactKeys;
  private final IdempotencyKeys idempotencyKeys;
  private final MatchKey matchKey;
  private final RecordKeys keys;
  private final MemberIndex index;
  private final Anchor anchor;
  private final Clock clock;

  @Inject
  SubmitClaim(
      Claims claims,
      ExactKeys exactKeys,
      IdempotencyKeys idempotencyKeys,
      MatchKey matchKey,
      RecordKeys keys,
      MemberIndex index,
      Anchor anchor,
      Clock clock) {
    this.claims = claims;
    this.exactKeys = exactKeys;
    this.idempotencyKeys = idempotencyKeys;
    this.matchKey = matchKey;
    this.keys = keys;
    this.index = index;
    this.anchor = anchor;
    this.clock = clock;
  }

  /// What became of a submission.
  ///
  /// @param replayed whether the same request made the claim before
  public record Submitted(UUID id, boolean replayed) {}

  /// Takes a claim in. When this returns, the claim is durable.
  ///
  /// @throws Rejection when the insurer has the claim already, naming it
  @Transactional
  public Submitted submit(Intake intake) {
    Intake.Request request = intake.request();
    Origin origin = Origin.of(intake.caller(), clock, request.format(), request.body().bytes());
    String organisation = origin.organisation();
    RecordKey name = new RecordKey(UUID.randomUUID(), UUID.randomUUID(), organisation);

    // The key first: a repeated request must hear its first answer, not that it is a duplicate.
    Optional<UUID> earlier =
        intake.key().flatMap(key -> idempotencyKeys.take(organisation, key, request, name.row()));
    if (earlier.isPresent()) {
      return new Submitted(earlier.get(), true);
    }
    MatchToken exact = ExactKey.of(intake.content(), organisation, matchKey);
    Optional<UUID> original = exactKeys.take(organisation, exact, name.row());
    if (original.isPresent()) {
      throw duplicateOf(original.get());
    }
    DataKey key = keys.create(name.record(), organisation);
    Claim claim = Claim.of(name, key, intake.content(), origin);
    Identifier member = intake.content().member();
    claim.memberIndex = index.of(new Member(organisation, member.system(), member.value()));
    claims.persist(claim);
    anchor.enqueue(
        new AnchorRequest(
            claim.id,
            claim.record,
            organisation,
            ClaimStatement.of(claim, Optional.of(key)),
            tokens(exact, intake.content(), organisation)),
        key);
    return new Submitted(claim.id, false);
  }

  private List<MatchToken> tokens(MatchToken exact, ClaimSubmission claim, String organisation) {
    List<MatchToken> tokens = new ArrayList<>();
    tokens.add(exact);
    BilledService.of(claim, organisation).forEach(each -> tokens.add(each.token(matchKey)));
    return tokens;
  }

  /// Named by its id alone: answers are kept in more places than claims, and whoever wants to see
  /// it has to read it, and is recorded.
  private static Rejection duplicateOf(UUID original) {
    return Rejection.of(
            ClaimProblem.DUPLICATE_CLAIM, "An earlier claim asks for the same services.")
        .with("duplicateOf", Map.of("id", original.toString(), "href", "/v1/claims/" + original));
  }
}
