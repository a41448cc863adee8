"""Whether workers, planner and scheduler are alive."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from celery.schedules import crontab
from django.conf import settings
from django.utils.translation import gettext as _

from portal.models import Heartbeat
from portal.operation.condition import Level, Line, ago, grade, span
from portal.operation.heartbeats import QUEUE

PLANNER = "reports.tasks.tick"
HEARTBEAT = "portal.tasks.heartbeat"
WORKER_WATCH, WORKER_BAD = timedelta(minutes=5), timedelta(minutes=15)
SLACK = timedelta(minutes=10)
EVERY_HOUR, EVERY_DAY = timedelta(hours=1), timedelta(days=1)


def processes(now: datetime) -> Iterator[Line]:
    """One query. A heartbeat of later than now was noted by a clock that has been set back, and
    whoever is alive has noted another since.
    """
    heard = Heartbeat.objects.exclude(at__gt=now + SLACK)
    known = {each.name: each for each in heard}
    yield _workers(known, now)
    yield _planner(known.get(PLANNER), now)
    yield _scheduled(known, now)


def _workers(known: dict[str, Heartbeat], now: datetime) -> Line:
    """The queue that has waited longest for a worker tells."""
    label = _("后台进程")
    advice = _(
        "检查后台进程（worker）和定时器（beat）是否在运行，例如 systemctl status 'portal*'，"
        "并查看其日志；没有它们，汇总表做不出来，邮件发不出去。"
    )
    heard = [known.get(f"{QUEUE}{queue.name}") for queue in settings.CELERY_TASK_QUEUES]
    moments = [each.at for each in heard if each and each.at]
    if len(moments) < len(heard):
        return Line("workers", label, _("尚无后台进程报到"), Level.BAD, advice)
    silent = now - min(moments)
    level = grade(
        silent / timedelta(minutes=1),
        watch=WORKER_WATCH / timedelta(minutes=1),
        bad=WORKER_BAD / timedelta(minutes=1),
    )
    machines = "、".join(sorted({each.words for each in heard if each}))
    figure = _("最近报到：%(ago)s（%(machines)s）") % {
        "ago": ago(min(moments), now),
        "machines": machines,
    }
    if level > Level.GOOD:
        figure = _("已有 %(span)s没有后台进程报到") % {"span": span(silent)}
    numbers = {"worker_silent_seconds": silent.total_seconds()}
    return Line("workers", label, figure, level, advice if level else "", numbers)


def _planner(planner: Heartbeat | None, now: datetime) -> Line:
    label = _("邮件计划")
    advice = _("检查定时器（beat）是否在运行；到期的邮件在它恢复后补发，不会重复。")
    if planner is None or planner.at is None:
        return Line("planner", label, _("尚未运行"), Level.WATCH, advice)
    silent = now - planner.at
    level = grade(
        silent.total_seconds(),
        watch=2 * settings.TICK_SECONDS + 60,
        bad=6 * settings.TICK_SECONDS + 60,
    )
    numbers = {"planner_silent_seconds": silent.total_seconds()}
    figure = _("最近运行：%s") % ago(planner.at, now)
    return Line("planner", label, figure, level, advice if level else "", numbers)


def _scheduled(known: dict[str, Heartbeat], now: datetime) -> Line:
    """What the clock calls beside these two: nothing late, nothing that ended badly."""
    began = min((each.since for each in known.values()), default=now)
    late, failed = [], []
    for name, period in _periods().items():
        task = known.get(name)
        last = task.at if task and task.at else began
        if now - last > 2 * period + SLACK:
            late.append(name)
        if task and task.failed_at and (task.at is None or task.failed_at > task.at):
            failed.append(_("%(name)s（%(trouble)s）") % {"name": name, "trouble": task.trouble})
    numbers = {"tasks_late": len(late), "tasks_failed": len(failed)}
    if not late and not failed:
        return Line("tasks", _("定时任务"), _("都按时完成"), numbers=numbers)
    said = []
    if late:
        said.append(_("没有按时：%s") % "、".join(late))
    if failed:
        said.append(_("最近一次失败：%s") % "、".join(failed))
    advice = _("在后台进程的日志中按任务名查找原因；修复后下一次会自动补上。")
    return Line("tasks", _("定时任务"), "；".join(said), Level.WATCH, advice, numbers)


def _periods() -> dict[str, timedelta]:
    """How often each task is to run, by name."""
    found = {}
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        schedule = entry["schedule"]
        if isinstance(schedule, crontab):
            hours = schedule.hour  # type: ignore[attr-defined]  # not in the stubs
            period = EVERY_HOUR if len(hours) == 24 else EVERY_DAY
        else:
            period = timedelta(seconds=schedule)
        if entry["task"] not in (HEARTBEAT, PLANNER):
            found[entry["task"]] = period
    return found
