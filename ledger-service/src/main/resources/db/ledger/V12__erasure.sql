-- Records of which nothing may be beside the log any more. Both names are those in the tombstone's own
-- leaf; the token seal of the tombstone's block covers the row.
CREATE TABLE erasure (
  log       text NOT NULL,
  tombstone bigint NOT NULL, -- leaf index
  issuer    text NOT NULL,
  record    text NOT NULL,
  PRIMARY KEY (log, tombstone)
);
CREATE INDEX erasure_record ON erasure (log, record);
