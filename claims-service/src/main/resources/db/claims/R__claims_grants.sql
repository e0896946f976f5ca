-- See R__anchoring_grants. No row of these tables is ever changed; erasure deletes.
revoke all on claim, claim_line, claim_diagnosis, exact_key, idempotency, match_alert, rule_set, decision,
  decision_line, member_invitation, membership, redemption_attempt, consent_grant, consent_revocation,
  consent_decision, access_event, access_statement, access_sealing, break_glass, break_glass_review
  from "${service}";
grant select, insert, delete on claim, claim_line, claim_diagnosis, exact_key, idempotency, match_alert,
  decision, decision_line, member_invitation, consent_decision, break_glass, break_glass_review to "${service}";
grant select, insert on rule_set, membership, consent_grant, consent_revocation, access_event,
  access_statement to "${service}";
grant select, insert, update (statement_id, seal) on access_sealing to "${service}";
grant select, insert, delete, update (attempts) on redemption_attempt to "${service}";
