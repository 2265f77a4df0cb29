#!/usr/bin/env bash
# Runs once, on an empty data folder: a database for each subgraph and the gateways, and a role that owns it and may enter no other.
set -euo pipefail

run_sql() {
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres "$@"
}

for service in users products carts orders inventory recommendations partners gateway; do
  password="${service^^}_DATABASE_PASSWORD"
  run_sql --set name="$service" --set password="${!password:?}" <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke all on database :"name" from public;
SQL
done
# The roles above own nothing here, and need not look around.
run_sql --command 'revoke connect on database postgres, template1 from public'
