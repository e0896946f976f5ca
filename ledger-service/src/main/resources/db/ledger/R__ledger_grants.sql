-- What the service's own login may do with these tables; of a table that is not here, nothing. Columns
-- that nothing changes cannot be changed: what an update may touch is listed.
revoke all on log_head, entry, match_token, tile, block, cosignature, token_seal, log_statement, lease,
  barrier, audit_progress, log_timestamp, erasure from "${service}";
grant select, insert on entry, cosignature, log_statement, log_timestamp, erasure to "${service}";
grant select, insert, delete on match_token to "${service}";
grant select, insert, update (size, root, frontier, epoch, frozen, rekeyed) on log_head to "${service}";
grant select, insert, update (hashes) on tile to "${service}";
grant select, insert, update (witnessed_note) on block to "${service}";
grant select, insert, update (digest, signature) on token_seal to "${service}";
grant select, insert, update (holder, url, epoch, until) on lease to "${service}";
grant select, insert, update (passed) on barrier to "${service}";
grant select, insert, update (block, at) on audit_progress to "${service}";
