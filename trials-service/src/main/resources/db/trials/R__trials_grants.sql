-- See R__anchoring_grants. Nothing here is ever changed or deleted.
revoke all on protocol_version, registry_id, outcome, amendment, amendment_change, result_set,
  reported_outcome, rule_set, finding_report, finding from "${service}";
grant select, insert on protocol_version, registry_id, outcome, amendment, amendment_change, result_set,
  reported_outcome, rule_set, finding_report, finding to "${service}";
