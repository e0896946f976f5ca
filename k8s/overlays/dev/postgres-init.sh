#!/bin/sh
# Each program owns one database and can connect to no other. A service migrates as its owner and serves
# as a login that its migrations grant what it needs.
set -eu
for name in ledger claims trials keycloak; do
  password=$(cat "/run/secrets/databases/$name")
  psql --set ON_ERROR_STOP=1 --set name="$name" --set password="$password" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
for name in ledger claims trials; do
  password=$(cat "/run/secrets/databases/${name}_service")
  psql --set ON_ERROR_STOP=1 --set name="$name" --set role="${name}_service" --set password="$password" <<'SQL'
CREATE ROLE :"role" LOGIN PASSWORD :'password';
GRANT CONNECT ON DATABASE :"name" TO :"role";
SQL
done
