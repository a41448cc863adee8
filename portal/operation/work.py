"""What waits: calls at the broker, jobs, mails. Counts and times only, nothing of their content."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from redis import Redis
from redis.exceptions import RedisError, ResponseError

from portal.embedded.spool import Spool
from portal.operation.condition import Level, Line, ago, grade, span
from portal.redis_policy import SAFE_POLICY
from reports.models import Delivery, Job

JOB_WATCH, JOB_BAD = timedelta(minutes=10), timedelta(hours=1)
MAIL_WATCH, MAIL_BAD = timedelta(minutes=30), timedelta(hours=2)
REDIS_SECONDS = 1.0
"""Longer than this nobody waits for a page."""


def work(now: datetime) -> Iterator[Line]:
    """Two queries."""
    yield _redis() if settings.REDIS_URL else _folder()
    yield _jobs(now)
    yield _mails(now)


def _redis() -> Line:
    label, names = _("消息队列（Redis）"), [queue.name for queue in settings.CELERY_TASK_QUEUES]
    try:
        with Redis.from_url(
            settings.REDIS_URL, socket_timeout=REDIS_SECONDS, socket_connect_timeout=REDIS_SECONDS
        ) as redis:
            waiting = sum(int(redis.llen(name)) for name in names)
            policy = _policy(redis)
    except (RedisError, OSError) as error:
        advice = _("检查 Redis 是否在运行、REDIS_URL 是否正确；数据没有丢失，恢复后自动继续。")
        words = _("没有应答（%s）") % type(error).__name__
        return Line("broker", label, words, Level.BAD, advice, {"broker_up": 0})
    numbers = {"broker_up": 1, "broker_waiting": waiting}
    figure = _("正常应答，等待中的调用 %s 个") % waiting
    if policy not in ("", SAFE_POLICY):
        advice = _("在 redis.conf 中把 maxmemory-policy 设为 noeviction，并重启 Redis。")
        figure += _("；内存用满时会丢弃任务（%s）") % policy
        return Line("broker", label, figure, Level.BAD, advice, numbers)
    return Line("broker", label, figure, numbers=numbers)


def _policy(redis: Redis) -> str:
    """Empty where Redis does not answer the question."""
    try:
        return str(redis.config_get("maxmemory-policy")["maxmemory-policy"])
    except (ResponseError, KeyError):
        return ""


def _folder() -> Line:
    label = _("消息队列（文件夹）")
    spool = Spool(Path(settings.QUEUE_DIR))
    waiting = sum(spool.size(name) for name in spool.queues())
    broken = sum(1 for _each in spool.broken.iterdir())
    numbers = {"broker_up": 1, "broker_waiting": waiting, "broker_broken": broken}
    figure = _("等待中的调用 %s 个") % waiting
    if not broken:
        return Line("broker", label, figure, numbers=numbers)
    figure += _("；无法读取而移开 %s 个") % broken
    advice = _("移开的文件在数据文件夹的 queue/broken 中，可以删除；任务本身会自动重排。")
    return Line("broker", label, figure, Level.WATCH, advice, numbers)


def _jobs(now: datetime) -> Line:
    queued, running = Q(state=Job.State.QUEUED), Q(state=Job.State.RUNNING)
    since = now - timedelta(days=1)
    told = Job.objects.aggregate(
        queued=Count("id", filter=queued),
        oldest=Min("asked_at", filter=queued),
        running=Count("id", filter=running),
        failed=Count("id", filter=Q(state=Job.State.FAILED, finished_at__gte=since)),
    )
    waited = now - told["oldest"] if told["oldest"] else timedelta()
    level = grade(waited / JOB_WATCH, watch=1, bad=JOB_BAD / JOB_WATCH)
    figure = _("排队 %(queued)s 个，进行中 %(running)s 个，近一天失败 %(failed)s 个") % told
    if told["oldest"]:
        figure += _("；最早的排在%s") % ago(told["oldest"], now)
    advice = ""
    if level:
        advice = _("后台进程不在运行或不够用：先看“后台进程”一行，再考虑增加进程数。")
    elif told["failed"]:
        level = Level.WATCH
        advice = _("失败的原因在申请人的“报表中心”和后台进程的日志中。")
    numbers = {
        "jobs_queued": told["queued"],
        "jobs_running": told["running"],
        "jobs_failed_day": told["failed"],
        "jobs_oldest_seconds": waited.total_seconds(),
    }
    return Line("jobs", _("汇总与导出任务"), figure, level, advice, numbers)


def _mails(now: datetime) -> Line:
    """Of the mails that are not out: so the index serves, however many ever went."""
    states = Delivery.State
    rows = (
        Delivery.objects.exclude(state=states.SENT)
        .order_by()
        .values_list("state")
        .annotate(count=Count("id"), oldest=Min(Coalesce("next_try_at", "queued_at")))
    )
    told = {state: (count, oldest) for state, count, oldest in rows}
    due = [told[state][1] for state in (states.QUEUED, states.RETRY) if state in told]
    overdue = max(timedelta(), now - min(due)) if due else timedelta()
    level = grade(overdue / MAIL_WATCH, watch=1, bad=MAIL_BAD / MAIL_WATCH)
    counts = {state: told.get(state, (0, None))[0] for state in states.values}
    shown = [state for state in states if counts[state] and state != states.SENT]
    figure = "，".join(f"{state.label} {counts[state]}" for state in shown) or _("没有待发邮件")
    advice = ""
    if level:
        figure += _("；到期最久的已等 %s") % span(overdue)
        advice = _("检查后台进程和邮件服务器（EMAIL_URL）；服务器的答复在“邮件”页每封邮件下。")
    elif counts[states.UNKNOWN]:
        level = Level.WATCH
        advice = _("状态不明的邮件不会自动重发，请宣传部管理员在“邮件”页核实后决定是否重发。")
    numbers = {f"mails_{state}": counts[state] for state in states.values if state != states.SENT}
    numbers["mails_overdue_seconds"] = overdue.total_seconds()
    return Line("mails", _("邮件"), figure, level, advice, numbers)
