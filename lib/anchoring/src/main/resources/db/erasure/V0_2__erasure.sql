-- For services with records that can be erased.

-- Who asked for which erasure, and how far it has come. Rows stay: without them nobody could say that
-- the record was ever here.
create table erasure (
  record       uuid        primary key,
  row_id       uuid        not null unique, -- primary key of the record's row, while it was there
  organisation text        not null,
  basis        text        not null,        -- code of the legal basis
  requested_by text        not null,
  requested_at text        not null,
  seal         bytea       not null,        -- the service's signature over the columns above
  statements   uuid[],                      -- whose openings were destroyed; null until they were
  finished     boolean     not null default false, -- the ledger has erased the tokens
  not_before   timestamptz not null,
  last_error   text
);
alter table erasure enable row level security, force row level security;
create policy own on erasure using (sees(organisation));
create index erasure_unfinished on erasure (requested_at) where not finished;

-- Anchored: every column of the next two is a field of a statement, and rows are only ever inserted.
create table tombstone (
  id           uuid    primary key,
  record       uuid    not null unique,
  organisation text    not null,
  entries      integer not null, -- how many the log holds or will hold
  basis        text    not null,
  erased_at    text    not null
);
alter table tombstone enable row level security, force row level security;
create policy own on tombstone using (sees(organisation));

create table hold_event (
  id           uuid    primary key,
  record       uuid    not null,
  organisation text    not null,
  number       integer not null, -- counts from 1 for each record
  kind         text    not null check (kind in ('held', 'released', 'erasure-refused')),
  reason       text    not null, -- a code
  said_by      text    not null,
  said_at      text    not null,
  unique (record, number)
);
alter table hold_event enable row level security, force row level security;
create policy own on hold_event using (sees(organisation));
