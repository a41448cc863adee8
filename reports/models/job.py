from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.querysets import JobQuerySet
from units.models import Unit


class Job(models.Model):
    """Long work somebody asked for, kept here so that no broker can lose it.

    A worker holds a job by its lease; a lease that ran out is taken over. ``asked_key`` is what
    was asked for: while such a job is unfinished, asking again gives the same job. The file of a
    finished job goes after some weeks (``cleaned_at``); the row stays. A job for many units is
    shared out in chunks (JobChunk): it is then running without a holder until all are done.
    """

    class Kind(models.TextChoices):
        ROLLUP = "rollup", _("汇总表")
        LEDGER = "ledger", _("学习台账")
        ATTENDANCE = "attendance", _("出勤明细")
        ARCHIVE = "archive", _("学习档案")

    class Task(models.TextChoices):
        """Jobs whose result is no file."""

        CLOSING = "closing", _("封账")
        MONTHLY = "monthly", _("月度邮件")
        REMINDER = "reminder", _("提醒邮件")
        FACTS = "facts", _("数据重算")
        STANDINGS = "standings", _("单位情况更新")
        PREVIEW = "preview", _("封账前预览")

    class State(models.TextChoices):
        QUEUED = "queued", _("排队中")
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")
        FAILED = "failed", _("失败")
        CANCELLED = "cancelled", _("已取消")

    UNFINISHED = (State.QUEUED, State.RUNNING)

    kind = models.CharField(_("类别"), max_length=20, choices=Kind.choices + Task.choices)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.QUEUED)
    root = models.ForeignKey(
        Unit, verbose_name=_("范围单位"), on_delete=models.PROTECT, related_name="jobs"
    )
    parameters = models.JSONField(_("参数"), default=dict)
    asked_key = models.CharField(_("请求标识"), max_length=200)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("申请人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="jobs",
    )
    asked_at = models.DateTimeField(_("申请时间"))
    completed_steps = models.PositiveIntegerField(_("已完成步数"), default=0)
    total_steps = models.PositiveIntegerField(_("总步数"), default=0)
    words = models.CharField(_("进展"), max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    lease_token = models.CharField(_("持有标识"), max_length=40, blank=True)
    lease_until = models.DateTimeField(_("持有至"), null=True, blank=True)
    started_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    file = models.CharField(_("结果文件"), max_length=255, blank=True)
    size = models.PositiveBigIntegerField(_("大小（字节）"), default=0)
    sha256 = models.CharField(_("校验值"), max_length=64, blank=True)
    error = models.TextField(_("失败原因"), blank=True)
    cleaned_at = models.DateTimeField(_("文件清理时间"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["asked_key"],
                condition=Q(state__in=["queued", "running"]),
                name="job_asked_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "lease_until"], name="job_state_lease"),
            models.Index(fields=["asked_by", "-id"], name="job_of_whom"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_state_display()}"

    @property
    def percent(self) -> int:
        """Progress as a whole per cent; 100 only when done."""
        if self.state == self.State.DONE:
            return 100
        if not self.total_steps:
            return 0
        return min(99, self.completed_steps * 100 // self.total_steps)
