-- Looking up an entry or a match token costs a random page of an index, so the indexes hold sixteen
-- bytes of the digest and nothing else; whoever finds a row compares the whole value.

ALTER TABLE entry ADD COLUMN leaf_key uuid;
UPDATE entry SET leaf_key = encode(substring(leaf_hash FROM 1 FOR 16), 'hex')::uuid;
ALTER TABLE entry ALTER COLUMN leaf_key SET NOT NULL;
-- The whole leaf hash stands in the tile, and the record in the entry's own bytes.
ALTER TABLE entry DROP COLUMN leaf_hash, DROP COLUMN record;
CREATE INDEX entry_leaf ON entry (leaf_key);

ALTER TABLE match_token ADD COLUMN key uuid;
UPDATE match_token SET key = encode(substring(sha256(
  convert_to(log || E'\n' || name || E'\n', 'UTF8') || int4send(epoch) || digest)
  FROM 1 FOR 16), 'hex')::uuid;
ALTER TABLE match_token ALTER COLUMN key SET NOT NULL;
DROP INDEX match_token_unique;
ALTER TABLE match_token DROP CONSTRAINT match_token_pkey;
-- The backstop: the writer looks before it appends, and nobody else does append.
CREATE UNIQUE INDEX match_token_unique ON match_token (key) WHERE kind = 'unique';
CREATE INDEX match_token_alert ON match_token (key) WHERE kind = 'alert';

-- Rows are written once and in order: pages need no room for later versions.
ALTER TABLE entry SET (fillfactor = 100);
-- A head and a tile at the edge change with every batch; their rows stay on one page each.
ALTER TABLE log_head SET (fillfactor = 10);
ALTER TABLE lease SET (fillfactor = 10);
ALTER TABLE barrier SET (fillfactor = 10);
