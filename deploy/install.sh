#!/usr/bin/env bash
# Installs or upgrades the portal from the unpacked bundle this script lies in. No network needed.
#
#   sudo ./install.sh --site-url URL [option …]
#
#   --site-url URL       under which people reach the portal (first install; asked if missing)
#   --secrets FILE       what holds passwords, a line each, readable for nobody else (chmod 600; -
#                        reads standard input). EMAIL_URL='smtp+tls://user:password@mail.example.gov:587';
#                        services: DATABASE_URL of another PostgreSQL than this machine's, REDIS_URL of
#                        another Redis than the one the portal brings up for itself
#   --mail-from ADDRESS  sender of the portal's mails
#   --mode MODE          auto (default), embedded (SQLite, one service) or services (PostgreSQL
#                        and Redis; auto takes it where both are installed and running)
#   --listen HOST:PORT   where the web server listens (default: 127.0.0.1:8000 behind a proxy)
#   --prefix DIR         programs, default /opt/portal
#   --data DIR           database, files and queue, default /var/lib/portal
#   --config DIR         settings, default /etc/portal
#   --owner USER         runs the portal, default portal; made if missing
#   --python COMMAND     Python to use (default: the first fitting one)
#   --root DIR           everything below DIR, as the present user, starting nothing
#   --no-systemd         installs no units and starts nothing
#   --no-backup          upgrades without a backup before (for a disk that holds nothing more)
#
# An upgrade is the same command from the new bundle; what was told before need not be told again.
set -euo pipefail
umask 022

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
SOURCE="$(dirname "$HERE")"
BUNDLE="$(dirname "$SOURCE")"
# shellcheck source=deploy/tree.sh
. "$HERE/tree.sh"
# shellcheck source=deploy/configure.sh
. "$HERE/configure.sh"
# shellcheck source=deploy/going_back.sh
. "$HERE/going_back.sh"

OLDEST_GLIBC=2.28
NEEDED_MEGABYTES=700

ROOT="" SYSTEMD=yes BACKUP=yes PYTHON="" PREFIX="" DATA="" CONFIG="" OWNER="" MODE=auto LISTEN=""
SITE_URL="" EMAIL_URL="" MAIL_FROM="" DATABASE_URL="" REDIS_URL="" SECRETS=""

read_options() {
  while (($#)); do
    case "$1" in
      --no-systemd) SYSTEMD=no; shift; continue ;;
      --no-backup) BACKUP=no; shift; continue ;;
      -h | --help) sed -n '2,/^set/{s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 0 ;;
    esac
    (($# > 1)) || fail "$1 后面缺少内容。执行 $0 --help 查看用法。"
    case "$1" in
      --site-url) SITE_URL="$2" ;;
      --secrets) SECRETS="$2" ;;
      --email-url | --database-url | --redis-url)
        fail "$1 的内容会出现在进程列表里，本机的人都看得到。请写进只有自己能读的文件，用 --secrets 文件名 给出（见 --help）。" ;;
      --mail-from) MAIL_FROM="$2" ;;
      --mode) MODE="$2" ;;
      --listen) LISTEN="$2" ;;
      --prefix) PREFIX="$2" ;;
      --data) DATA="$2" ;;
      --config) CONFIG="$2" ;;
      --owner) OWNER="$2" ;;
      --python) PYTHON="$2" ;;
      --root) ROOT="$2" ;;
      *) fail "不认识的参数 $1。执行 $0 --help 查看用法。" ;;
    esac
    shift 2
  done
}

settle_places() {
  PREFIX="$ROOT${PREFIX:-/opt/portal}"
  local data="$DATA" config="$CONFIG" owner="$OWNER" python="$PYTHON" listen="$LISTEN"
  read_installed
  LISTEN="${listen:-$LISTEN}"
  # Candidates, until one is chosen.
  PYTHON="${python:-$PYTHON python3 python3.11 python3.12 python3.13 python3.14 /usr/bin/python3}"
  DATA="${DATA:-$ROOT${data:-/var/lib/portal}}"
  CONFIG="${CONFIG:-$ROOT${config:-/etc/portal}}"
  OWNER="${OWNER:-${owner:-portal}}"
  [ -z "$ROOT" ] || OWNER="$(id -un)"
  [ -n "$ROOT" ] || [ "$(id -u)" = 0 ] || fail "请以 root 身份执行（sudo $0），或用 --root 装到自己的目录。"
  if has_systemd && ! [ -d /run/systemd/system ]; then
    fail "本机没有运行 systemd。请加 --no-systemd，并自行安排服务的启动。"
  fi
}

verify_bundle() {
  [ -f "$BUNDLE/SHA256SUMS" ] || fail "$BUNDLE 不是安装包：没有 SHA256SUMS。请先解开安装包，在其中执行。"
  say "校验安装包……"
  (cd "$BUNDLE" && sha256sum --check --quiet --strict SHA256SUMS) \
    || fail "安装包不完整或被改动过，请重新拷贝。什么都没有安装。"
  VERSION="$(told "$BUNDLE/VERSION" version)"
  RELEASE="$PREFIX/releases/$VERSION"
}

verify_machine() {
  local bundled glibc free
  bundled="$(told "$BUNDLE/VERSION" architecture)"
  [ "$(uname -m)" = "$bundled" ] || fail "本机是 $(uname -m)，安装包是 $bundled 的，请换安装包。"
  glibc="$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d' ' -f2)"
  [ "$(printf '%s\n' "$OLDEST_GLIBC" "${glibc:-0}" | sort -V | head -n 1)" = "$OLDEST_GLIBC" ] \
    || fail "本机的 glibc 是 ${glibc:-未知}，需要 $OLDEST_GLIBC 或更新。"
  mkdir -p "$PREFIX"
  free="$(df -Pm "$PREFIX" | awk 'NR == 2 { print $4 }')"
  [ "$free" -ge "$NEEDED_MEGABYTES" ] \
    || fail "$PREFIX 所在磁盘只剩 $free MB，至少需要 $NEEDED_MEGABYTES MB。"
}

# One that the owner may run as well: root sees more than others do, and finds others first.
choose_python() {
  local pythons candidate path number
  pythons="$(told "$BUNDLE/VERSION" pythons)"
  for candidate in $PYTHON; do
    path="$(command -v "$candidate")" || continue
    number="$(cd / && as_owner "$path" -c 'import ensurepip, venv, sys; print("%d.%d" % sys.version_info[:2])' \
      2>/dev/null)" || continue
    case " $pythons " in *" $number "*) PYTHON="$path"; return ;; esac
  done
  fail "找不到合用的 Python（安装包支持 $pythons，并需带 venv 模块，$OWNER 用户也能运行，不能放在 /root 之下；Debian 系请安装 python3-venv）。"
}

make_owner() {
  is_root || return 0
  id "$OWNER" >/dev/null 2>&1 \
    || useradd --system --user-group --home-dir "$DATA" --shell /usr/sbin/nologin "$OWNER"
}

make_folders() {
  # Lists that come in by a command hold people's names: not for everybody's /tmp.
  mkdir -p "$PREFIX/releases" "$PREFIX/venvs" "$CONFIG" "$DATA" "$DATA/import"
  chmod 0750 "$DATA"
  chmod 0700 "$DATA/import"
}

own_data() {
  is_root || return 0
  mkdir -p "$(backup_folder)"
  chmod 0700 "$(backup_folder)"
  chown "$OWNER:" "$DATA" "$DATA/import" "$(backup_folder)"
  [ ! -d "$DATA/redis" ] || chown "$OWNER:" "$DATA/redis"
  [ ! -f "$CONFIG/redis.conf" ] || chown "$OWNER:" "$CONFIG/redis.conf"
}

# Named by the lock and the Python: releases that need the same things share them.
make_venv() {
  local key
  key="$( (cat "$SOURCE/requirements.txt"; "$PYTHON" -VV; printf '%s' "$PYTHON") | sha256sum)"
  VENV="$PREFIX/venvs/${key:0:16}"
  [ ! -f "$VENV/.complete" ] || return 0
  say "安装运行环境（离线，约半分钟）……"
  rm -rf "$VENV"
  "$PYTHON" -m venv "$VENV"
  # Isolated: whatever index or option the machine's pip was told of is none of ours.
  "$VENV/bin/python" -m pip --isolated --quiet --disable-pip-version-check install \
    --no-cache-dir --no-index --find-links "$BUNDLE/wheelhouse" --require-hashes \
    --requirement "$SOURCE/requirements.txt" \
    || fail "运行环境没有装成，请看上面的原因。正在运行的版本没有变动。"
  touch "$VENV/.complete"
}

make_release() {
  if [ -f "$RELEASE/.complete" ]; then
    ln -sfn "$VENV" "$RELEASE/venv"  # of another Python, perhaps
  else
    say "安装程序 $VERSION ……"
    rm -rf "$RELEASE"
    mkdir -p "$RELEASE"
    cp -R "$SOURCE/." "$RELEASE/"
    cp "$BUNDLE/VERSION" "$RELEASE/VERSION"
    ln -s "$VENV" "$RELEASE/venv"
    "$VENV/bin/python" -m compileall -q -j 0 -x '/venv/' "$RELEASE"
    collect_static
    # Files that come in are for the portal alone; its own pages and programs are for everybody.
    chmod -R u=rwX,go=rX "$RELEASE"
    touch "$RELEASE/.complete"
  fi
}

# As production names the files, into the release; what settings make on the way goes elsewhere.
collect_static() {
  local scratch
  scratch="$(mktemp -d)"
  (cd "$RELEASE" && PRODUCTION=true SECRET_KEY="$(random_secret 48)" VAR_DIR="$scratch" \
    "$VENV/bin/python" manage.py collectstatic --noinput --verbosity 0) \
    || fail "静态文件没有收集成。正在运行的版本没有变动。"
  rm -rf "$scratch"
}

# Errors stop here; warnings (plain http, no second place for backups …) are the county's to weigh.
# What a web process does as it starts is tried as well.
check_settings() {
  say "检查设置……"
  { manage "$RELEASE" check --deploy --fail-level ERROR \
    && manage "$RELEASE" shell --verbosity 0 --command "import portal.wsgi"; } \
    || fail "设置没有通过检查，请按上面的提示修改 $CONFIG/portal.env 后重新执行。正在运行的版本没有变动。"
}

# Says where the backup is in BACKED_UP. The release that runs makes it: it knows its own schema.
# On a shelf of its own, where the nightly rotation does not come.
back_up() {  # RELEASE
  local shelf
  BACKED_UP=""
  [ "$BACKUP" = yes ] || return 0
  shelf="$(backup_folder)/before-upgrades"
  if ! knows "$1" backup; then
    abandon "运行中的版本没有备份命令。自行备份 $DATA 后，可加 --no-backup 升级。"
  fi
  say "升级前备份……"
  BACKUP_SHELF="$shelf" manage "$1" backup || abandon "备份没有做成，升级中止。"
  BACKED_UP="$shelf/$(newest_backup "$shelf")"
}

note_upgrade() {  # PREVIOUS MOVED
  printf '%s\n' "previous=$1" "schema_moved=$2" "backup=$BACKED_UP" >"$RELEASE/UPGRADE"
}

bring_up() {
  local moved=no
  PREVIOUS="$(current_release)"
  STAGE=stopped
  stop_portal
  manage "$RELEASE" migrate --check --skip-checks >/dev/null 2>&1 || moved=yes
  if [ -n "$PREVIOUS" ] && [ "$PREVIOUS" != "$RELEASE" ]; then
    back_up "$PREVIOUS"
    note_upgrade "$PREVIOUS" "$moved"
  fi
  if [ "$moved" = yes ]; then
    say "更新数据库结构……"
    manage "$RELEASE" migrate --noinput --verbosity 0 --skip-checks || abandon "数据库结构没有更新成。"
  fi
  switch_to "$RELEASE"
  STAGE=switched
}

install_units() {  # PROGRAM: the folder whose units they are
  if [ "$SYSTEMD" != yes ]; then
    return 0
  fi
  local folder="$ROOT/etc/systemd/system" units unit from="$1/deploy/systemd"
  case "$MODE" in
    embedded) units=portal.service ;;
    services) units="portal-web.service portal-worker.service portal-beat.service" ;;
  esac
  [ ! -f "$CONFIG/redis.conf" ] || units="$units portal-redis.service"
  mkdir -p "$folder"
  for unit in $units portal-backup.service portal-backup.timer portal.target; do
    sed -e "/^@HARDENING@/{r $from/hardening.conf" -e 'd}' "$from/$unit" \
      | sed -e "s|@PREFIX@|$PREFIX|g" -e "s|@DATA@|$DATA|g" -e "s|@CONFIG@|$CONFIG|g" \
        -e "s|@OWNER@|$OWNER|g" -e "s|@HOST@|${LISTEN%:*}|g" -e "s|@PORT@|${LISTEN##*:}|g" \
        -e "s|@UNITS@|$units|g" >"$folder/.$unit.new"
    mv "$folder/.$unit.new" "$folder/$unit"
  done
  if has_systemd; then
    systemctl daemon-reload
    systemctl --quiet enable portal.target portal-backup.timer
  fi
}

install_manage() {
  {
    printf '#!/usr/bin/env bash\n%s\nPREFIX=%q\n' \
      "# manage.py of the installed portal, with its settings and as its user." "$PREFIX"
    cat <<'BASH'
ROOT="" DATA="" CONFIG="" OWNER=""
. "$PREFIX/current/deploy/tree.sh"
read_installed
case "$CHANGES_TABLES" in
  *" ${1:-} "*) manage "$PREFIX/current" "$@" ;;
  *) become_manage "$PREFIX/current" "$@" ;;
esac
BASH
  } >"$PREFIX/manage"
  chmod 755 "$PREFIX/manage"
}

tell_next() {
  say ""
  say "已安装 $VERSION。"
  has_systemd || say "本次没有启动服务，启动方法见 $PREFIX/current/docs/operator-handbook.zh-hans.md。"
  if [ -z "$1" ]; then
    say "下一步：执行  $PREFIX/manage create_setup_link  ，用它给出的网址设立首批管理员。"
    grep -q '^EMAIL_URL=' "$CONFIG/portal.env" \
      || say "还没有发信服务器：邮件只写成 $DATA/outbox 下的文件。请在 $CONFIG/portal.env 中填写 EMAIL_URL。"
  else
    say "如需退回 ${1##*/}：执行  $PREFIX/current/deploy/rollback.sh 。"
  fi
}

main() {
  read_options "$@"
  settle_places
  verify_bundle
  verify_machine
  make_owner
  choose_python
  make_folders
  read_secrets
  configure
  own_data
  make_venv
  make_release
  check_settings
  trap on_exit EXIT
  bring_up
  write_installed
  install_manage
  install_units "$SOURCE"
  start_portal
  if has_systemd && ! answers "$RELEASE"; then
    fail "新版本已启动但没有应答。请看 journalctl -u 'portal*' -n 100。"
  fi
  STAGE=""
  tell_next "$PREVIOUS"
}

main "$@"
