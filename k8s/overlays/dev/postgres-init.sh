#!/bin/sh
# Each program owns one database and can connect to no other.
set -eu
for name in ledger claims trials keycloak; do
  password=$(cat "/run/secrets/databases/$name")
  psql --set ON_ERROR_STOP=1 --set name="$name" --set password="$password" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
done
