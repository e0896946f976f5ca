-- What the service's own login may do with these tables.
revoke all on dpop_proof from "${service}";
grant select, insert, delete on dpop_proof to "${service}";
revoke all on spent_authentication from "${service}";
grant select, insert, delete on spent_authentication to "${service}";
