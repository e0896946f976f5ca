-- Authentications that have carried a grave act, until they are too old to carry one: each is good for one.
-- A row comes in the transaction of the act.
create table spent_authentication (
  id    bytea       primary key, -- SHA-256 of issuer, subject, session and time
  until timestamptz not null
);
-- Nobody's in particular, and nothing can be made of them.
alter table spent_authentication enable row level security, force row level security;
create policy everybodys on spent_authentication using (true);
