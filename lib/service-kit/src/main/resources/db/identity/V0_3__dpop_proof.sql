-- Proofs that came with a token bound to a key (RFC 9449), until they are too old to be taken: each
-- is good for one request, at whichever process of the service. No index on `until`: every request
-- would keep it for a sweep twice a minute, which reads a few megabytes.
create table dpop_proof (
  id    bytea       primary key, -- SHA-256 of the key's thumbprint and the proof's jti
  until timestamptz not null
);
-- Nobody's in particular, and nothing can be made of them.
alter table dpop_proof enable row level security, force row level security;
create policy everybodys on dpop_proof using (true);
