-- See R__anchoring_grants.
revoke all on erasure, tombstone, hold_event from "${service}";
grant select, insert, update (seal, statements, finished, not_before, last_error)
  on erasure to "${service}";
grant select, insert on tombstone, hold_event to "${service}";
