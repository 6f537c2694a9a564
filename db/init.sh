#!/usr/bin/env bash
# Runs once, when the development database of docker-compose.yml is new: roles, their passwords, and the evidence's extension.
set -euo pipefail

psql --no-psqlrc -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" <<'SQL'
\i /db/roles.sql
ALTER ROLE provisioning_owner PASSWORD :'owner_password';
ALTER ROLE provisioning_app PASSWORD :'app_password';
CREATE EXTENSION IF NOT EXISTS pg_stat_statements;
SQL
