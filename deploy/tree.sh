# An installed portal: where its parts lie, and how it is run, stopped and switched. Sourced by
# install.sh and rollback.sh.
#
#   PREFIX/releases/VERSION/   the code of a release; `venv` points into PREFIX/venvs
#   PREFIX/venvs/…             shared by releases of one lock and one Python
#   PREFIX/current             the release that runs
#   PREFIX/installed           what install.sh was told: DATA, CONFIG, OWNER, PYTHON …
#   PREFIX/manage              manage.py of the current release, as the portal's own user
# shellcheck shell=bash

say() { printf '%s\n' "$*"; }
fail() {
  printf '错误：%s\n' "$*" >&2
  exit 1
}

# The value of a line `name=value`; nothing if there is none, or no such file.
told() { [ ! -f "$1" ] || sed -n "s/^$2=//p" "$1" | tail -n 1; }

# Whether the install may use root's tools; never below --root, which stands for another machine.
is_root() { [ "$(id -u)" = 0 ] && [ -z "$ROOT" ]; }
has_systemd() { [ "$SYSTEMD" = yes ] && is_root; }

as_owner() {  # COMMAND …
  if is_root && [ "$OWNER" != "$(id -un)" ]; then
    runuser -u "$OWNER" -- "$@"
  else
    "$@"
  fi
}

# What changes tables; it needs their owner where that is not the portal's own role.
CHANGES_TABLES=" migrate restore "

# manage.py of a release with the county's settings.
manage() {  # RELEASE ARGUMENT …
  local code=0
  run_manage "$@" || code=$?
  case "$code$CHANGES_TABLES" in
    # Done, and what a restore calls so (deploy/rollback.sh).
    [03]*" $2 "*) grant_roles "$1" || code=3 ;;
  esac
  return "$code"
}

# What each role may do, after tables were made. Nothing to do where one role does everything.
grant_roles() {  # RELEASE
  [ -f "$CONFIG/owner.env" ] && [ -f "$1/deploy/database-roles.sql" ] || return 0
  runuser -u postgres -- psql -X -q -v owner=portal_owner -v app="$OWNER" \
    -v readonly=portal_readonly -d portal -f - <"$1/deploy/database-roles.sql" \
    || { say "错误：数据库各角色的权限没有核定成，原因见上。改正后执行 $1/deploy/database-roles.sh。" >&2; return 1; }
}

# In a subshell: settings hold secrets.
run_manage() (become_manage "$@")

# In place of this shell: whoever stops it, stops the command.
become_manage() {  # RELEASE ARGUMENT …
  [ -r "$CONFIG/portal.env" ] || fail "读不到 $CONFIG/portal.env，请以 root 身份执行（sudo）。"
  # Half of it would be worse than nothing: without its address, an empty database is made and used.
  bash -n "$CONFIG/portal.env" || fail "$CONFIG/portal.env 写法有误（多半是少了一个单引号），见上。什么都没有做。"
  set -a
  # shellcheck disable=SC1091  # written by configure.sh
  . "$CONFIG/portal.env"
  case "$CHANGES_TABLES" in
    # shellcheck disable=SC1091  # written by database-roles.sh
    *" $2 "*) [ ! -f "$CONFIG/owner.env" ] || . "$CONFIG/owner.env" ;;
  esac
  # shellcheck disable=SC2034  # exported
  [ -z "${BACKUP_SHELF:-}" ] || BACKUP_DIR="$BACKUP_SHELF" BACKUP_SECOND_DIR=""
  set +a
  cd "$1" || exit
  shift
  local as=()
  # runuser would stay in between, and kill what does not end within two seconds.
  if is_root && [ "$OWNER" != "$(id -un)" ]; then
    as=(setpriv --reuid="$(id -u "$OWNER")" --regid="$(id -g "$OWNER")" --init-groups --)
  fi
  exec "${as[@]}" venv/bin/python manage.py "$@"
}

knows() { manage "$1" help "$2" >/dev/null 2>&1; }

read_installed() {
  [ -f "$PREFIX/installed" ] || return 0
  local name value
  for name in DATA CONFIG OWNER PYTHON MODE LISTEN SYSTEMD ROOT; do
    value="$(told "$PREFIX/installed" "$name")"
    printf -v "$name" '%s' "$value"
  done
}

write_installed() {
  printf '%s\n' "DATA=$DATA" "CONFIG=$CONFIG" "OWNER=$OWNER" "PYTHON=$PYTHON" "MODE=$MODE" \
    "LISTEN=$LISTEN" "SYSTEMD=$SYSTEMD" "ROOT=$ROOT" >"$PREFIX/installed.new"
  mv "$PREFIX/installed.new" "$PREFIX/installed"
}

backup_folder() {
  local folder
  folder="$(told "$CONFIG/portal.env" BACKUP_DIR | tr -d "'")"
  printf '%s' "${folder:-$DATA-backups}"
}

newest_backup() { find "$1" -mindepth 1 -maxdepth 1 -name '[0-9]*-[0-9]*' -printf '%f\n' | sort | tail -n 1; }

current_release() { readlink "$PREFIX/current" 2>/dev/null || true; }

switch_to() {  # RELEASE: at once, so that no start falls between two releases
  ln -sfn "$1" "$PREFIX/current.new"
  mv -T "$PREFIX/current.new" "$PREFIX/current"
}

stop_portal() {
  if has_systemd; then
    # A nightly backup as well: its dump would hold up the migrations. The next hour makes it good.
    ! has_units || systemctl stop portal.target portal-backup.timer portal-backup.service
    return
  fi
  # Nobody to ask: the portal's own locks on its data tell whether it still runs.
  local lock
  for lock in "$DATA/portal.lock" "$DATA/web.lock"; do
    if [ -e "$lock" ] && ! flock --nonblock "$lock" true; then
      fail "门户仍在运行（数据目录 $DATA 被占用）。请先停止它，再重新执行本脚本。"
    fi
  done
}

has_units() { systemctl cat portal.target portal-backup.timer >/dev/null 2>&1; }

start_portal() { ! { has_systemd && has_units; } || systemctl start portal.target portal-backup.timer; }

answers() {  # RELEASE: whether the portal that was just started says ok, within a minute
  "$1/venv/bin/python" - "${LISTEN##*:}" <<'PYTHON'
import http.client, sys, time
for _ in range(60):
    try:
        web = http.client.HTTPConnection("127.0.0.1", int(sys.argv[1]), timeout=5)
        web.request("GET", "/healthz")
        if web.getresponse().status == 200:
            sys.exit(0)
    except (OSError, http.client.HTTPException):
        pass
    time.sleep(1)
sys.exit(1)
PYTHON
}
