#!/usr/bin/env bash
# Goes back to the release before the last upgrade. Run the installed one:
#
#   sudo /opt/portal/current/deploy/rollback.sh [--keep-data | --restore-backup] [--prefix DIR]
#
# If the upgrade changed the structure of the database, one of the two must be chosen:
#   --keep-data       the older program runs on the newer structure; nothing recorded is lost.
#                     Releases are made for that (docs/decisions/0013).
#   --restore-backup  goes back to the backup made before the upgrade; everything recorded since
#                     is set aside.
set -euo pipefail

HERE="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
# shellcheck source=deploy/tree.sh
. "$HERE/tree.sh"

# Installed, this script lies in PREFIX/releases/VERSION/deploy.
PREFIX="$(dirname "$(dirname "$(dirname "$HERE")")")"
WAY="" looked_at=""
IN_PLACE=3  # of `manage.py restore`: the data are there, and want looking at
while (($#)); do
  case "$1" in
    --keep-data | --restore-backup) WAY="$1"; shift ;;
    --prefix) PREFIX="${2:?}"; shift 2 ;;
    *) sed -n '2,/^set/{s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}"; exit 2 ;;
  esac
done

[ -f "$PREFIX/installed" ] || fail "$PREFIX 下没有安装门户。请用 --prefix 指明安装位置。"
read_installed
[ -n "$ROOT" ] || [ "$(id -u)" = 0 ] || fail "请以 root 身份执行（sudo $0）。"
running="$(current_release)"
note="$running/UPGRADE"
previous="$(told "$note" previous)"
backup="$(told "$note" backup)"
[ -d "$previous" ] || fail "没有可退回的版本：${running##*/} 是首次安装的，或旧版本已被删除。"

if [ "$(told "$note" schema_moved)" = yes ] && [ -z "$WAY" ]; then
  fail "升级到 ${running##*/} 时改变了数据库结构。请二选一，重新执行：
  --keep-data       旧程序在新结构上运行，升级后录入的数据全部保留（一般选这个）
  --restore-backup  恢复升级前的备份 ${backup:-（没有备份）}，升级后录入的数据不再使用（移到旁边保留）"
fi
if [ "$WAY" = --restore-backup ]; then
  [ -d "$backup" ] || fail "找不到升级前的备份 ${backup:-（升级时没有做）}，什么都没有改动。"
fi

stop_portal
if [ "$WAY" = --restore-backup ]; then
  say "恢复备份 $backup ……"
  code=0
  manage "$previous" restore "$backup" --replace || code=$?
  case "$code" in
    0) ;;
    "$IN_PLACE") looked_at="数据已恢复，但有需要核对的地方，见上。" ;;
    1)
      start_portal
      fail "没有恢复，原因见上。数据没有变动，仍用 ${running##*/}。"
      ;;
    *) fail "恢复被打断（退出码 $code），门户已停止。请先查明原因，再重新执行。" ;;
  esac
fi
switch_to "$previous"
start_portal
if has_systemd && ! answers "$previous"; then
  fail "已退回 ${previous##*/}，但门户没有应答。请看 journalctl -u 'portal*' -n 100。"
fi
say "已退回 ${previous##*/}。"
[ -z "$looked_at" ] || fail "$looked_at"
