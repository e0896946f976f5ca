-- What the service's own login may do with these tables; of a table that is not here, nothing. Columns
-- that nothing changes cannot be changed: what an update may touch is listed.
revoke all on anchored_statement, record_key, outbox, receipt, refusal from "${service}";
grant select, insert, update (seed, pointers, cells, commitments) on anchored_statement to "${service}";
grant select, insert, delete, update (kek, wrapped) on record_key to "${service}";
grant select, insert, delete, update (tokens, seal, attempts, not_before, held, last_error)
  on outbox to "${service}";
grant select, insert, update (level, proof, seal) on receipt to "${service}";
grant select, insert on refusal to "${service}";
grant execute on function open_notebook() to "${service}";
