-- Order is the security here: every table is written by plain SQL under the lock of log_head.

CREATE TABLE log_head (
  log      text PRIMARY KEY,
  size     bigint NOT NULL,
  root     bytea NOT NULL,
  frontier bytea NOT NULL, -- hashes of the perfect subtrees, largest first
  epoch    bigint NOT NULL, -- the writer's fencing token
  frozen   text -- why nobody may append any more
);

CREATE TABLE entry (
  log       text NOT NULL,
  idx       bigint NOT NULL,
  leaf_hash bytea NOT NULL,
  record    text NOT NULL, -- the entry's subject, a random URN
  bytes     bytea STORAGE EXTERNAL NOT NULL,
  PRIMARY KEY (log, idx),
  UNIQUE (log, leaf_hash) -- the leaf hash is the idempotency key
);

-- Keyed digests of identifying fields. Not in the leaf: a row can be erased without harm to the log.
CREATE TABLE match_token (
  log    text NOT NULL,
  epoch  integer NOT NULL,
  digest bytea NOT NULL,
  kind   text NOT NULL CHECK (kind IN ('unique', 'alert')),
  name   text NOT NULL,
  idx    bigint NOT NULL,
  PRIMARY KEY (log, digest, epoch, name, idx)
);
CREATE UNIQUE INDEX match_token_unique ON match_token (log, digest, epoch, name) WHERE kind = 'unique';
CREATE INDEX match_token_entry ON match_token (log, idx);

-- Per level the widest rightmost tile only: a narrower published width is its prefix.
CREATE TABLE tile (
  log    text NOT NULL,
  level  integer NOT NULL,
  n      bigint NOT NULL,
  hashes bytea STORAGE EXTERNAL NOT NULL,
  PRIMARY KEY (log, level, n)
);

CREATE TABLE block (
  log            text NOT NULL,
  number         bigint NOT NULL,
  start_         bigint NOT NULL,
  end_           bigint NOT NULL,
  root           bytea NOT NULL,
  note           text NOT NULL, -- the checkpoint with the log's own signatures
  sealed_at      timestamptz NOT NULL, -- the second that the signatures state
  witnessed_note text, -- the checkpoint as it first had its quorum; written once
  PRIMARY KEY (log, number),
  UNIQUE (log, end_)
);
CREATE UNIQUE INDEX block_witnessed ON block (log, end_) WHERE witnessed_note IS NOT NULL;

CREATE TABLE cosignature (
  log     text NOT NULL,
  block   bigint NOT NULL,
  witness text NOT NULL,
  line    text NOT NULL,
  PRIMARY KEY (log, block, witness)
);

-- The log's signature over the match tokens of a block, so that edits of the index are seen too.
CREATE TABLE token_seal (
  log       text NOT NULL,
  block     bigint NOT NULL,
  digest    bytea NOT NULL,
  signature bytea NOT NULL,
  PRIMARY KEY (log, block)
);

-- What the log itself says in its entries; no personal data.
CREATE TABLE log_statement (
  log       text NOT NULL,
  idx       bigint NOT NULL,
  statement text NOT NULL, -- canonical JSON
  seed      bytea NOT NULL,
  PRIMARY KEY (log, idx)
);

-- Who may write for now. Liveness only: safety is log_head.epoch.
CREATE TABLE lease (
  log    text PRIMARY KEY,
  holder text NOT NULL,
  url    text NOT NULL,
  epoch  bigint NOT NULL,
  until  timestamptz NOT NULL
);

-- A commit here that returns cleanly says that everything read before it is durable.
CREATE TABLE barrier (
  log    text PRIMARY KEY,
  passed bigint NOT NULL
);
