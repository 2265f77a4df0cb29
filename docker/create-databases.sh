#!/usr/bin/env bash
# Runs once, on an empty data folder: a database for each subgraph, and a role that owns it and may enter no other.
set -euo pipefail

for subgraph in users products carts orders inventory recommendations; do
  password="${subgraph^^}_DATABASE_PASSWORD"
  psql --no-psqlrc --set ON_ERROR_STOP=1 --set name="$subgraph" --set password="${!password:?}" --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
create role :"name" login password :'password';
create database :"name" owner :"name";
revoke all on database :"name" from public;
SQL
done
# The roles above own nothing here, and need not look around.
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  --command 'revoke connect on database postgres, template1 from public'
