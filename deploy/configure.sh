# The county's settings: PREFIX-independent, written once and never overwritten. Sourced by
# install.sh, which has set CONFIG, DATA, MODE, SITE_URL, EMAIL_URL, MAIL_FROM …
# shellcheck shell=bash

random_secret() {  # LENGTH
  "$PYTHON" -c 'import secrets, sys; print(secrets.token_urlsafe(int(sys.argv[1])))' "$1"
}

ask() {  # NAME QUESTION: into the variable, unless it has a value or nobody is there to ask
  local answer
  if [ -n "${!1}" ] || ! [ -t 0 ]; then
    return 0
  fi
  read -r -p "$2 " answer
  printf -v "$1" '%s' "$answer"
}

# Addresses with passwords come in a file or through a pipe: everybody on the machine sees a command
# line. A file that others may read is refused, lest it stays that way.
read_secrets() {
  [ -n "${SECRETS:-}" ] || return 0
  local lines line name value
  if [ "$SECRETS" = - ]; then
    lines="$(cat)"
  else
    [ -r "$SECRETS" ] || fail "读不到 $SECRETS。"
    [ -z "$(find -L "$SECRETS" -perm /077)" ] || fail "$SECRETS 别人也能读写，请先执行 chmod 600 $SECRETS。"
    lines="$(cat "$SECRETS")"
  fi
  while IFS= read -r line; do
    name="${line%%=*}" value="${line#*=}"
    value="${value#\'}" value="${value%\'}"
    case "$name" in
      EMAIL_URL | DATABASE_URL | REDIS_URL) printf -v "$name" '%s' "$value" ;;
      '' | '#'*) ;;
      *) fail "--secrets 中不认识的一行（$name）。只认 EMAIL_URL、DATABASE_URL、REDIS_URL。" ;;
    esac
  done <<<"$lines"
}

# systemd and the shell read the same file; in single quotes both take a value as it stands.
setting() {  # NAME VALUE
  case "$2" in
    *\'* | *$'\n'*) fail "$1 的值不能含有单引号或换行；网址中的特殊字符请用百分号编码（如 %27）。" ;;
  esac
  printf "%s='%s'\n" "$1" "$2"
}

choose_mode() {
  if [ "$MODE" = auto ]; then
    MODE=embedded
    if [ -n "$DATABASE_URL" ] || { has_systemd && has_postgresql && command -v redis-server >/dev/null; }; then
      MODE=services
    fi
  fi
  case "$MODE" in
    embedded) say "运行方式：单机内嵌（SQLite 数据库，一个服务）。" ;;
    services) say "运行方式：PostgreSQL + Redis（网页、后台任务、定时器各一个服务）。" ;;
    *) fail "--mode 只能是 auto、embedded 或 services。" ;;
  esac
}

has_postgresql() {
  command -v psql >/dev/null && runuser -u postgres -- psql -Atqc 'SELECT 1' >/dev/null 2>&1
}

# A database of the portal's own, reached over the socket as the portal's user: no password.
prepare_postgresql() {
  [ -z "$DATABASE_URL" ] || return 0
  is_root || fail "services 方式请在 --secrets 文件中写 DATABASE_URL，或以 root 身份安装。"
  has_postgresql || fail "本机 PostgreSQL 没有运行。请先安装并启动它，或改用 --mode embedded。"
  local socket
  socket="$(runuser -u postgres -- psql -Atqc 'SHOW unix_socket_directories' | cut -d, -f1)"
  if [ -z "$(runuser -u postgres -- psql -Atqc "SELECT 1 FROM pg_roles WHERE rolname='$OWNER'")" ]; then
    runuser -u postgres -- createuser --createdb "$OWNER"  # a backup is restored on trial
  fi
  if [ -z "$(runuser -u postgres -- psql -Atqc "SELECT 1 FROM pg_database WHERE datname='portal'")" ]; then
    runuser -u postgres -- createdb --owner "$OWNER" --encoding UTF8 --template template0 portal
  fi
  DATABASE_URL="postgres:///${socket}/portal"
}

# A Redis of the portal's own beside any other: append-only, never evicting, behind a password.
prepare_redis() {
  [ -z "$REDIS_URL" ] || return 0
  command -v redis-server >/dev/null || fail "找不到 redis-server。请先安装，或在 --secrets 文件中写 REDIS_URL。"
  local password
  password="$(random_secret 24)"
  mkdir -p "$DATA/redis"
  # The password in a file of sed's own: what stands on a command line everybody sees.
  (umask 077 && sed -f <(printf 's|@%s@|%s|g\n' DATA "$DATA" PASSWORD "$password") \
    "$SOURCE/deploy/redis.conf" >"$CONFIG/redis.conf")
  REDIS_URL="redis://:$password@127.0.0.1:6390/0"
}

require_site_url() {
  ask SITE_URL "门户网址（如 https://study.example.gov 或 http://10.1.2.3:8000）："
  case "$SITE_URL" in
    https://?* | http://?*) SITE_URL="${SITE_URL%/}" ;;
    *) fail "请用 --site-url 给出门户网址，以 https:// 或 http:// 开头。" ;;
  esac
}

# https and http without a port are a proxy's on this machine; http with one is the portal's own.
choose_listen() {
  local authority="${SITE_URL#*://}"
  [ -z "$LISTEN" ] || return 0
  case "$SITE_URL" in
    http://*:*) LISTEN="0.0.0.0:${authority##*:}" ;;
    *) LISTEN="127.0.0.1:8000" ;;
  esac
  [ "${LISTEN##*:}" -ge 1024 ] || fail "门户不能直接使用 1024 以下的端口；请换端口，或在前面放 nginx。"
}

write_settings() {
  local authority="${SITE_URL#*://}"
  local https=true
  case "$SITE_URL" in http://*) https=false ;; esac
  (
    umask 077
    {
      say "# 本县门户的设置。升级不会改动本文件；改后执行 systemctl restart portal.target。"
      say "# 全部可用的设置见 $PREFIX/current/.env.example。值写在单引号内。"
      setting PRODUCTION true
      setting SECRET_KEY "$(random_secret 48)"
      setting SITE_URL "$SITE_URL"
      setting ALLOWED_HOSTS "${authority%:*},127.0.0.1,localhost"
      setting HTTPS "$https"
      case "$LISTEN" in 127.0.0.1:*) setting TRUSTED_PROXIES 127.0.0.1 ;; esac
      setting TIME_ZONE Asia/Shanghai
      setting VAR_DIR "$DATA"
      [ -z "$DATABASE_URL" ] || setting DATABASE_URL "$DATABASE_URL"
      [ -z "$REDIS_URL" ] || setting REDIS_URL "$REDIS_URL"
      [ -z "$EMAIL_URL" ] || setting EMAIL_URL "$EMAIL_URL"
      [ -z "$MAIL_FROM" ] || setting DEFAULT_FROM_EMAIL "$MAIL_FROM"
    } >"$CONFIG/portal.env.new"
  )
  mv "$CONFIG/portal.env.new" "$CONFIG/portal.env"
}

configure() {
  if [ -f "$CONFIG/portal.env" ]; then
    say "沿用已有设置 $CONFIG/portal.env，没有改动。"
    DATABASE_URL="$(told "$CONFIG/portal.env" DATABASE_URL)"
    SITE_URL="$(told "$CONFIG/portal.env" SITE_URL | tr -d "'")"
    choose_mode
    choose_listen
    return 0
  fi
  require_site_url
  ask EMAIL_URL "发信服务器（如 smtp+tls://用户:密码@mail.example.gov:587，可留空以后再填）："
  [ -z "$EMAIL_URL" ] || ask MAIL_FROM "发件地址："
  choose_mode
  choose_listen
  if [ "$MODE" = services ]; then
    prepare_postgresql
    prepare_redis
  fi
  write_settings
  say "已写入设置 $CONFIG/portal.env（含随机生成的密钥，仅 root 可读）。"
}
