-- See R__anchoring_grants. No row of these tables is ever changed; erasure deletes.
revoke all on claim, claim_line, claim_diagnosis, exact_key, idempotency, match_alert, rule_set, decision,
  decision_line from "${service}";
grant select, insert, delete on claim, claim_line, claim_diagnosis, exact_key, idempotency, match_alert,
  decision, decision_line to "${service}";
grant select, insert on rule_set to "${service}";
