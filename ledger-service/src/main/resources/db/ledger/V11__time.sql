-- What a time-stamping authority said about checkpoints (RFC 3161). Rows never change.
CREATE TABLE log_timestamp (
  log        text NOT NULL,
  id         bigint NOT NULL, -- counts from 0 in each log
  block      bigint NOT NULL,
  checkpoint text NOT NULL, -- what was stamped: block.witnessed_note
  reply      bytea NOT NULL, -- the authority's answer, byte for byte
  time       timestamptz NOT NULL, -- the time it states
  PRIMARY KEY (log, id),
  UNIQUE (log, block)
);
