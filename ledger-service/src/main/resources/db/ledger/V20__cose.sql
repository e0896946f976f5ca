-- The log's COSE signatures over a block's root, one for each algorithm: with them every leaf of the
-- block has a COSE receipt. Blocks sealed earlier have neither.
ALTER TABLE block
  ADD COLUMN cose_ed25519 bytea,
  ADD COLUMN cose_ml_dsa_44 bytea,
  ADD CONSTRAINT block_cose CHECK ((cose_ed25519 IS NULL) = (cose_ml_dsa_44 IS NULL));
-- Signatures do not compress.
ALTER TABLE block ALTER COLUMN cose_ml_dsa_44 SET STORAGE EXTERNAL;
