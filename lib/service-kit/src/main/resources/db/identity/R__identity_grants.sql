-- What the service's own login may do with this table.
revoke all on dpop_proof from "${service}";
grant select, insert, delete on dpop_proof to "${service}";
