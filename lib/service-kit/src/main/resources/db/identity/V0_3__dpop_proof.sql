-- Proofs that came with a token bound to a key (RFC 9449), until they are too old to be taken: each
-- is good for one request, at whichever process of the service.
create table dpop_proof (
  id    bytea       primary key, -- SHA-256 of the key's thumbprint and the proof's jti
  until timestamptz not null
);
create index dpop_proof_until on dpop_proof (until);
