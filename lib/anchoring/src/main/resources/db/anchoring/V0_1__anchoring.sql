-- Whose rows the transaction at hand is about: see the package dev.indelible.anchoring.scope. Without
-- the setting both are null, which lets nothing through.
create function sees_all() returns boolean language sql stable parallel safe
  return current_setting('indelible.organisation', true) = '*';
create function sees(organisation text) returns boolean language sql stable parallel safe
  return sees_all() or organisation = current_setting('indelible.organisation', true);
-- Whether it is the subject of the caller's token.
create function is_caller(subject text) returns boolean language sql stable parallel safe
  return subject = current_setting('indelible.subject', true);

-- What was anchored, and what a single statement needs to be opened. The seed is erasable: without
-- it the entry in the log means nothing any more.
create table anchored_statement (
  id           uuid primary key,      -- primary key of the row the statement is about
  organisation text   not null,       -- the entry's issuer
  entry        bytea  not null,       -- the leaf
  seed         bytea,                 -- 64 bytes; null after erasure
  pointers     text[] not null,       -- fields in the order of their commitments
  cells        text[] not null,       -- table/row/column of each field, so that a deleted row has a name
  commitments  bytea  not null        -- 32 bytes for each field
);
alter table anchored_statement enable row level security, force row level security;
create policy own on anchored_statement using (sees(organisation));

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
alter table outbox enable row level security, force row level security;
create policy own on outbox
  using (sees_all() or exists (select from anchored_statement s where s.id = statement_id));

-- Only receipts that our own policy accepted.
create table receipt (
  statement_id uuid   primary key,
  leaf_index   bigint not null unique,
  block        bigint not null,
  level        text   not null check (level in ('included', 'witnessed')),
  proof        text   not null,      -- C2SP tlog-proof
  seal         bytea  not null
);
alter table receipt enable row level security, force row level security;
create policy own on receipt
  using (sees_all() or exists (select from anchored_statement s where s.id = statement_id));
create index receipt_not_witnessed on receipt (leaf_index) where level = 'included';

-- The log holds an entry with the same unique match token already.
create table refusal (
  statement_id    uuid   primary key,
  original_index  bigint not null,
  original_record uuid   not null,
  token_name      text   not null,
  seal            bytea  not null
);
alter table refusal enable row level security, force row level security;
create policy own on refusal
  using (sees_all() or exists (select from anchored_statement s where s.id = statement_id));
