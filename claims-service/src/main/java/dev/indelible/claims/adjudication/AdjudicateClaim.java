package dev.indelible.claims.adjudication;

import dev.indelible.anchoring.Anchor;
import dev.indelible.anchoring.AnchorRequest;
import dev.indelible.anchoring.AnchorStatus;
import dev.indelible.anchoring.Anchors;
import dev.indelible.anchoring.encryption.DataKey;
import dev.indelible.anchoring.encryption.RecordKeys;
import dev.indelible.claims.ClaimProblem;
import dev.indelible.claims.Moment;
import dev.indelible.claims.access.Access;
import dev.indelible.claims.adjudication.DecisionRow.Circumstances;
import dev.indelible.claims.matching.MatchAlerts;
import dev.indelible.claims.submission.Claims;
import dev.indelible.claims.submission.FiledClaim;
import dev.indelible.kit.identity.Caller;
import dev.indelible.kit.identity.SpentAuthentications;
import dev.indelible.kit.problem.Rejection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/// Decides a claim, by the rules or by a person, stores the decision and queues it for the ledger.
@ApplicationScoped
public class AdjudicateClaim {
  private final Claims claims;
  private final Decisions decisions;
  private final MatchAlerts alerts;
  private final RuleSet ruleSet;
  private final SignerNames names;
  private final RecordKeys keys;
  private final Anchor anchor;
  private final Anchors anchors;
  private final SpentAuthentications spent;
  private final Clock clock;

  @Inject
  AdjudicateClaim(
      Claims claims,
      Decisions decisions,
      MatchAlerts alerts,
      RuleSet ruleSet,
      SignerNames names,
      RecordKeys keys,
      Anchor anchor,
      Anchors anchors,
      SpentAuthentications spent,
      Clock clock) {
    this.claims = claims;
    this.decisions = decisions;
    this.alerts = alerts;
    this.ruleSet = ruleSet;
    this.names = names;
    this.keys = keys;
    this.anchor = anchor;
    this.anchors = anchors;
    this.spent = spent;
    this.clock = clock;
  }

  /// Decides.
  ///
  /// @param asked read only once the claim is known to be the caller's
  /// @throws Rejection which tells nothing that the claim says, since no event says that it was
  ///   seen then; when the request contradicts the claim's state, or overrides an alert or approves
  ///   in the name of somebody who has not shown a passkey a moment ago, or has done something
  ///   grave with it since
  @Transactional
  public DecisionView decide(UUID claimId, Supplier<DecisionRequest> asked, Access access) {
    // Locked, so that two adjudicators decide one after the other and the second sees the first.
    FiledClaim claim = claims.lock(claimId, access);
    DecisionRequest request = asked.get();
    if (anchors.state(claimId).status() == AnchorStatus.REFUSED) {
      throw Rejection.of(ClaimProblem.CLAIM_REFUSED, "Its duplicate was there before.");
    }
    Optional<DecisionRow> latest = decisions.latest(claimId);
    boolean held = alerts.count(claimId) > 0;
    if (request.approve() != null) {
      return approve(claim, request, latest, held, access.caller());
    }
    boolean overrides = held && request.outcome() != null && request.overridesAlert();
    if (overrides) {
      access.caller().requireFreshAuthentication(clock.instant());
    }
    Decision decision =
        request.outcome() == null
            ? automatic(claim, request, latest, held)
            : explicit(claim, request, held);
    Circumstances circumstances =
        new Circumstances(
            latest.map(row -> row.number).orElse(0) + 1,
            access.caller().subject(),
            Moment.text(clock.instant()),
            ruleSet.sha256(),
            overrides,
            Optional.empty());
    Decision possible = adjudication().requiringSecond(decision, overrides);
    Optional<String> signer = overrides ? Optional.of(names.of(access.caller())) : Optional.empty();
    DecisionView view = store(claim, key(claim), possible, circumstances, signer);
    if (overrides) {
      spent.spend(access.caller());
    }
    return view;
  }

  /// A second person's word that the latest decision, a proposal, takes effect as it stands.
  private DecisionView approve(
      FiledClaim claim,
      DecisionRequest request,
      Optional<DecisionRow> latest,
      boolean held,
      Caller second) {
    second.requireFreshAuthentication(clock.instant());
    UUID approved = request.approved();
    DecisionRow proposal =
        latest
            .filter(row -> row.isProposal(approved))
            .orElseThrow(
                () -> Rejection.of(ClaimProblem.NOT_PROPOSED, "Read the claim's decisions."));
    if (proposal.decidedBy.equals(second.subject())) {
      throw Rejection.of(ClaimProblem.SECOND_PERSON_NEEDED, "You proposed it.");
    }
    if (held && !proposal.alertOverridden) {
      throw Rejection.of(
          ClaimProblem.HELD_BY_ALERT, "The alert came after the proposal. Decide anew.");
    }
    Circumstances circumstances =
        new Circumstances(
            proposal.number + 1,
            second.subject(),
            Moment.text(clock.instant()),
            proposal.ruleSetSha256,
            proposal.alertOverridden,
            Optional.of(proposal.id));
    DataKey key = key(claim);
    Optional<String> signer = Optional.of(names.of(second));
    DecisionView view = store(claim, key, proposal.approved(key), circumstances, signer);
    spent.spend(second);
    return view;
  }

  private Decision automatic(
      FiledClaim claim, DecisionRequest request, Optional<DecisionRow> latest, boolean held) {
    if (request.hasWords()) {
      // A person's words without a person's outcome: better asked than guessed.
      return new ExplicitDecision(claim.content(), request).decide(adjudication());
    }
    if (latest.filter(row -> !row.outcome.equals("pended")).isPresent()) {
      throw Rejection.of(
          ClaimProblem.ALREADY_DECIDED, "Send an outcome to change what was decided.");
    }
    return adjudication().decide(claim.content(), held);
  }

  private Decision explicit(FiledClaim claim, DecisionRequest request, boolean held) {
    ExplicitDecision decision = new ExplicitDecision(claim.content(), request);
    if (held) {
      decision.requireAllowedWhileHeld();
    }
    return decision.decide(adjudication());
  }

  private Adjudication adjudication() {
    return new Adjudication(ruleSet.rules());
  }

  private DataKey key(FiledClaim claim) {
    return keys.of(claim.record(), claim.organisation());
  }

  /// @param key of the claim's record
  /// @param signer what they are called who override or approve: the record says who that was, also
  ///   when the account is gone
  private DecisionView store(
      FiledClaim claim,
      DataKey key,
      Decision decision,
      Circumstances circumstances,
      Optional<String> signer) {
    DecisionRow row = DecisionRow.of(claim, decision, circumstances, key);
    signer.ifPresent(name -> row.signedBy(name, key));
    decisions.persist(row);
    Optional<DataKey> own = Optional.of(key);
    anchor.enqueue(
        new AnchorRequest(
            row.id, row.record, row.organisation, AdjudicationStatement.of(row, own), List.of()),
        key);
    return decisions.view(row, own);
  }
}
