#!/bin/sh
# A command of manage.py that changes tables, under the role that owns them, and what the others may
# do afterwards: `docker compose run --rm migrate restore latest --replace`. PGHOST and the like name
# the database, beside DATABASE_URL. Ends as the command does; with 3 if the rights were not granted.
set -u

code=0
python manage.py "$@" || code=$?
case "$code" in
  # Done, and what a restore calls so.
  0 | 3)
    psql -X -q -v owner=portal_owner -v app=portal -v readonly=portal_readonly \
      -f "${0%/*}/database-roles.sql" || {
      echo "错误：数据库各角色的权限没有核定成，原因见上。改正后执行 docker compose run --rm migrate。" >&2
      code=3
    }
    ;;
esac
exit "$code"
