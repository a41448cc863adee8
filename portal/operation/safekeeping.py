"""What one finds out too late otherwise: backups, the trail's notes, clock, calendar, settings."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.backups.status import TOLERATED
from portal.checks.start import found
from portal.models import BackupRun
from portal.operation.condition import Level, Line, ago, span
from reports.clock_guard import ahead, read_clocks
from reports.working_days import recorded_calendar

Kind = BackupRun.Kind
DONE, FAILED = BackupRun.State.DONE, BackupRun.State.FAILED
BAD_AFTER = timedelta(days=3)
NEXT_YEAR_FROM = 12
"""The month from which the next year's holidays are missed; they are announced in November."""
_NOTED = re.compile(r"(\S+) (\d+) [0-9a-f]{64}")
_TAIL = 4096


def safekeeping(now: datetime) -> Iterator[Line]:
    """Three queries."""
    yield from _backups(now)
    yield _trail_head(now)
    yield _clock()
    yield _calendar(now)
    yield _settings()


def _backups(now: datetime) -> Iterator[Line]:
    begun = BackupRun.objects.filter(started_at__lte=now)  # not by a clock that ran ahead
    alike = begun.filter(kind=OuterRef("kind"), state=OuterRef("state"))
    latest = begun.filter(pk=Subquery(alike.values("pk")[:1]))
    last = {(each.kind, each.state): each for each in latest}
    kinds = [Kind.BACKUP, Kind.TRIAL]
    if settings.BACKUP_SECOND_DIR:
        kinds.insert(1, Kind.COPY)
    for kind in kinds:
        yield _backup(kind, last.get((kind, DONE)), last.get((kind, FAILED)), now)


def _backup(
    kind: BackupRun.Kind, done: BackupRun | None, failed: BackupRun | None, now: datetime
) -> Line:
    """The last of each that ended so, if any."""
    key, label = f"backup_{kind.value}", _("最近成功的%s") % kind.label
    figure, level, numbers = _("尚无%s记录") % kind.label, Level.BAD, {}
    if done is not None:
        age = now - done.started_at
        figure = f"{_local(done.started_at)}（{ago(done.started_at, now)}）"
        level = Level.BAD if age > BAD_AFTER else Level.WATCH if age > TOLERATED else Level.GOOD
        numbers = {f"{key}_age_seconds": age.total_seconds()}
    advice = _("查看备份定时任务的日志，修复后执行一次 manage.py nightly_backup。")
    if failed is not None and (done is None or failed.started_at > done.started_at):
        figure += _("；%s 失败") % _local(failed.started_at)
        level, advice = max(level, Level.WATCH), failed.said + advice
    elif done is not None and done.said:  # files that were not there, one disk for two places
        figure += _("；有需要核对的地方")
        level, advice = max(level, Level.WATCH), done.said
    return Line(key, label, figure, level, advice if level else "", numbers)


def _local(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def _trail_head(now: datetime) -> Line:
    """The last note; whether the task that makes it runs stands with the tasks."""
    label = _("审计日志留底")
    noted = _last_note(Path(settings.TRAIL_HEADS))
    if noted is None:
        advice = _("后台进程每小时留底一次；一直没有时检查 TRAIL_HEADS 所指的文件能否写入。")
        return Line("trail_head", label, _("尚无留底"), Level.WATCH, advice)
    moment, number = noted
    figure = _("第 %(number)s 号，%(at)s（%(ago)s）") % {
        "number": number,
        "at": _local(moment),
        "ago": ago(moment, now),
    }
    return Line("trail_head", label, figure, numbers={"trail_head_number": number})


def _last_note(file: Path) -> tuple[datetime, int] | None:
    if not file.is_file():
        return None
    with file.open("rb") as read:
        read.seek(max(0, file.stat().st_size - _TAIL))
        lines = read.read().decode("ascii", "replace").splitlines()
    fit = [match for line in lines if (match := _NOTED.fullmatch(line))]
    return (datetime.fromisoformat(fit[-1][1]), int(fit[-1][2])) if fit else None


def _clock() -> Line:
    moved = ahead(read_clocks())
    if moved is None:
        return Line("clock", _("系统时钟"), _("没有被拨快"), numbers={"clock_ahead_seconds": 0})
    return Line(
        "clock",
        _("系统时钟"),
        _("被拨快了 %s，邮件计划已暂停") % span(moved),
        Level.BAD,
        _("校准系统时间；确认时间无误后执行 manage.py accept_clock，邮件计划随即恢复。"),
        {"clock_ahead_seconds": moved.total_seconds()},
    )


def _calendar(now: datetime) -> Line:
    label, today = _("节假日安排"), timezone.localdate(now)
    years = [today.year] + ([today.year + 1] if today.month >= NEXT_YEAR_FROM else [])
    calendar = recorded_calendar()
    missing = [year for year in years if calendar.warning([year])]
    numbers = {"calendar_years_missing": len(missing)}
    if not missing:
        figure = _("%s年已收录") % "、".join(str(year) for year in years)
        return Line("calendar", label, figure, numbers=numbers)
    figure = _("%s年尚未收录，暂按周一至周五推算") % "、".join(str(year) for year in missing)
    advice = _("请宣传部管理员在“工作日历”中补录放假和调休日期，或升级到收录该年的版本。")
    return Line("calendar", label, figure, Level.WATCH, advice, numbers)


def _settings() -> Line:
    messages = [each for each in found() if not each.is_silenced()]
    faults = sum(each.is_serious() for each in messages)
    numbers = {"settings_faults": faults, "settings_warnings": len(messages) - faults}
    if not messages:
        return Line("settings", _("设置检查"), _("没有问题"), numbers=numbers)
    level = Level.BAD if faults else Level.WATCH
    figure = _("%s 处需要注意") % len(messages)
    said = " ".join(f"{each.msg}{each.hint or ''}（{each.id}）" for each in messages)
    return Line("settings", _("设置检查"), figure, level, said, numbers)
