#!/usr/bin/env bash
# Takes from the portal the right to change its own tables: an owner of their own for migrations and
# restores, and a role that only reads. For an install on this machine's PostgreSQL; run it once:
#
#   sudo /opt/portal/current/deploy/database-roles.sh [--prefix DIR]
#
# The owner's address goes to CONFIG/owner.env, for root alone. install.sh, rollback.sh and the
# command `manage` take it from there for what changes tables, and grant anew afterwards. Run again,
# the script only grants anew. Elsewhere than on this machine: deploy/database-roles.sql, by hand.
set -euo pipefail

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
# shellcheck source=deploy/tree.sh
. "$HERE/tree.sh"

PREFIX="$(dirname "$(dirname "$(dirname "$HERE")")")"
while (($#)); do
  case "$1" in
    --prefix) PREFIX="${2:?}"; shift 2 ;;
    *) sed -n '2,/^set/{s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 2 ;;
  esac
done

[ -f "$PREFIX/installed" ] || fail "$PREFIX 下没有安装门户。请用 --prefix 指明安装位置。"
read_installed
if [ -f "$CONFIG/owner.env" ]; then
  grant_roles "$PREFIX/current"
  say "各角色的权限已重新核定。"
  exit
fi

is_root || fail "请以 root 身份执行（sudo $0）。"
address="$(told "$CONFIG/portal.env" DATABASE_URL | tr -d "'")"
case "$address" in
  postgres:///%2F*/portal | postgres:////*/portal) ;;
  *) fail "数据库不是本脚本能处理的（本机 PostgreSQL 的 portal 库，经套接字连接）。请由数据库管理员按 $HERE/database-roles.sql 设置。" ;;
esac
as_superuser() { runuser -u postgres -- psql -X -q -v ON_ERROR_STOP=1 -d portal "$@"; }

port="$(as_superuser -Atc 'SHOW port')"
password="$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')"
stop_portal
# From standard input: what stands on a command line everybody sees.
as_superuser <<SQL || { start_portal; fail "没有设成，什么都没有改动，原因见上。"; }
BEGIN;
SELECT format('CREATE ROLE %I LOGIN', name) FROM unnest(ARRAY['portal_owner', 'portal_readonly']) name
  WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE portal_owner PASSWORD '$password';
ALTER DATABASE portal OWNER TO portal_owner;
REASSIGN OWNED BY "$OWNER" TO portal_owner;
COMMIT;
SQL
(umask 077 && printf "DATABASE_URL='postgres://portal_owner:%s@127.0.0.1:%s/portal'\n" \
  "$password" "$port" >"$CONFIG/owner.env")
grant_roles "$PREFIX/current"
if ! manage "$PREFIX/current" migrate --check --skip-checks >/dev/null; then
  say "注意：属主 portal_owner 从 127.0.0.1 连不上数据库，升级时会失败。请在 pg_hba.conf 中允许它用密码登录（host portal portal_owner 127.0.0.1/32 scram-sha-256），重新加载 PostgreSQL。" >&2
fi
start_portal
say "已分开：portal_owner（只在升级和恢复时用，地址在 $CONFIG/owner.env）、$OWNER（门户运行）、portal_readonly（只读，没有密码，要用时由数据库管理员设置）。"
