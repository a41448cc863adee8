# How an upgrade that does not end well is taken back. Sourced by install.sh, which has set RELEASE,
# VERSION and PREFIX, and keeps STAGE.
# shellcheck shell=bash

# What must be undone if the script ends now: nothing, a stopped portal, or a switch to a release
# that did not come up. PREVIOUS is the release that ran before.
STAGE="" PREVIOUS=""

# Ends an upgrade before the switch: what ran until now runs again.
abandon() {  # SENTENCE
  STAGE=""
  local running
  running="$(current_release)"
  start_portal || fail "$1门户也没有重新启动，请看 journalctl -u 'portal*' -n 100。"
  fail "$1${running:+门户仍运行 ${running##*/}。}"
}

# However the script ends, the operator learns what runs now; a portal that ran before runs again.
# The older program fits the newer structure (docs/decisions/0013), and nothing was recorded since.
on_exit() {
  local code=$?
  trap - EXIT
  case "$code:$STAGE" in
    0:* | *:) ;;
    *:stopped)
      start_portal || true
      say "错误：升级没有完成，原因见上。${PREVIOUS:+门户仍运行 ${PREVIOUS##*/}。}" >&2
      ;;
    *:switched) go_back ;;
  esac
  exit "$code"
}

go_back() {
  local backup
  backup="$(told "$RELEASE/UPGRADE" backup)"
  if [ -z "$PREVIOUS" ] || [ "$PREVIOUS" = "$RELEASE" ] || [ ! -d "$PREVIOUS" ]; then
    say "错误：$VERSION 已装好，但没有启动成功，原因见上。门户现在没有运行。改正后重新执行本脚本。" >&2
    return
  fi
  stop_portal || true
  switch_to "$PREVIOUS"
  install_units "$PREVIOUS" || say "注意：systemd 单元没有换回旧版本的，原因见上。" >&2
  if start_portal && { ! has_systemd || answers "$PREVIOUS"; }; then
    say "错误：$VERSION 没有启动成功，原因见上。已自动退回 ${PREVIOUS##*/}，录入的数据都在。" >&2
  else
    say "错误：$VERSION 没有启动成功；已切换回 ${PREVIOUS##*/}，但它也没有应答，门户现在没有运行。请看 journalctl -u 'portal*' -n 100。" >&2
  fi
  if [ "$(told "$RELEASE/UPGRADE" schema_moved)" = yes ]; then
    say "数据库结构已经更新，${PREVIOUS##*/} 可以在新结构上运行。如果运行不正常，停止门户后恢复升级前的备份：$PREFIX/manage restore ${backup:-（升级时没有备份）} --replace" >&2
  fi
}
