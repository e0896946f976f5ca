-- Proofs that came with a token bound to a key (RFC 9449), until they are too old to be taken: each
-- is good for one request, at whichever process of the service.
create table dpop_proof (
  id    bytea       primary key, -- SHA-256 of the key's thumbprint and the proof's jti
  until timestamptz not null
);
-- Nobody's in particular, and nothing can be made of them.
alter table dpop_proof enable row level security, force row level security;
create policy everybodys on dpop_proof using (true);
create index dpop_proof_until on dpop_proof (until);
