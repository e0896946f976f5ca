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
  key_id       uuid   not null,       -- the data key that the seed is encrypted under
  seed         bytea,                 -- 64 bytes, encrypted for this cell; null after erasure
  pointers     text[] not null,       -- fields in the order of their commitments
  cells        text[] not null,       -- table/row/column of each field, so that a deleted row has a name
  commitments  bytea  not null        -- 32 bytes for each field
);
alter table anchored_statement enable row level security, force row level security;
create policy own on anchored_statement using (sees(organisation));
-- Whether its parent lets a row be seen is asked by a function, and in plpgsql, which PostgreSQL does
-- not unfold into the query: the policies of parents of parents would be planned with every query
-- (ADR 019). PostgreSQL 18 asks a table's policies from the last name to the first, as EXPLAIN shows,
-- and stops at one that lets the row through; "own", which costs nothing, is the last name of each.
create function sees_statement(id uuid) returns boolean language plpgsql stable parallel safe
  as $$ begin return exists (select from anchored_statement s where s.id = sees_statement.id); end $$;

-- The data key of each record. Deleting the row is what erases the record in every copy of it.
create table record_key (
  id           uuid  primary key, -- the record's; a statement's that outlives its record
  organisation text  not null,
  kek          text  not null,    -- the key-encryption key, see KeyEncryption
  wrapped      bytea not null     -- the data key, bound to the columns above
);
alter table record_key enable row level security, force row level security;
create policy own on record_key using (sees(organisation));
create index record_key_kek on record_key (kek, id);

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
  using (sees_all() or sees_statement(statement_id));
create index outbox_held on outbox (held, seq) where held is not null;

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
  using (sees_all() or sees_statement(statement_id));
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
  using (sees_all() or sees_statement(statement_id));
