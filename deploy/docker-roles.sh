#!/bin/sh
# PostgreSQL's container runs this once, as it makes its data folder: the three roles of
# deploy/database-roles.sql and the portal's database. What each may do is granted after every
# migration, by deploy/docker-owner.sh.
set -eu

# From standard input: what stands on a command line everybody sees.
psql -X -q -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<SQL
\getenv owner_password DATABASE_OWNER_PASSWORD
\getenv password DATABASE_PASSWORD
CREATE ROLE portal_owner LOGIN PASSWORD :'owner_password';
-- A backup is restored on trial, into a database that is made for it and dropped.
CREATE ROLE portal LOGIN CREATEDB PASSWORD :'password';
-- Without a password nobody comes in; the administrator sets one when it is needed.
CREATE ROLE portal_readonly LOGIN;
CREATE DATABASE portal OWNER portal_owner ENCODING 'UTF8' TEMPLATE template0;
SQL
