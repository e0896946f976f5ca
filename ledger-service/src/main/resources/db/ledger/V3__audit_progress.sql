-- How far the audit that never ends has come in a log; it begins again when it is through.
CREATE TABLE audit_progress (
  log   text PRIMARY KEY,
  block bigint NOT NULL, -- the last block that was audited
  at    timestamptz NOT NULL
);
