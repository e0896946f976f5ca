-- What was anchored, and what a single statement needs to be opened. The seed is erasable: without
-- it the entry in the log means nothing any more.
create table anchored_statement (
  id          uuid primary key,      -- primary key of the row the statement is about
  entry       bytea  not null,       -- the leaf
  seed        bytea,                 -- 64 bytes; null after erasure
  pointers    text[] not null,       -- fields in the order of their commitments
  cells       text[] not null,       -- table/row/column of each field, so that a deleted row has a name
  commitments bytea  not null        -- 32 bytes for each field
);

-- Written in the record's transaction, read by the relay only, oldest first.
create table outbox (
  seq          bigint generated always as identity primary key,
  statement_id uuid        not null unique,
  tokens       jsonb       not null,
  seal         bytea       not null, -- the service's signature over the tokens, see Seal
  enqueued     timestamptz not null,
  attempts     integer     not null default 0,
  not_before   timestamptz not null,
  held         text,                 -- 'entry' or 'receipt': a person has to look, see AnchorRelay
  last_error   text
);

-- Only receipts that our own policy accepted.
create table receipt (
  statement_id uuid   primary key,
  leaf_index   bigint not null unique,
  block        bigint not null,
  level        text   not null check (level in ('included', 'witnessed')),
  proof        text   not null,      -- C2SP tlog-proof
  seal         bytea  not null
);
create index receipt_not_witnessed on receipt (leaf_index) where level = 'included';

-- The log holds an entry with the same unique match token already.
create table refusal (
  statement_id    uuid   primary key,
  original_index  bigint not null,
  original_record uuid   not null,
  token_name      text   not null,
  seal            bytea  not null
);
