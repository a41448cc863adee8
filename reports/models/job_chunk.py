from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.job import Job


class JobChunk(models.Model):
    """A part of a job: some units below one path, worked for by one worker in one transaction.

    What a chunk writes and its state ``done`` are committed together, by whoever holds its lease:
    so it is done once, however often it is taken up. ``units`` are pairs of a unit's position in
    the job's official order and its id, as they were when the job was shared out.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("排队中")
        RUNNING = "running", _("进行中")
        DONE = "done", _("已完成")

    UNFINISHED = (State.QUEUED, State.RUNNING)

    job = models.ForeignKey(
        Job, verbose_name=_("后台任务"), on_delete=models.CASCADE, related_name="chunks"
    )
    number = models.PositiveIntegerField(_("序号"))
    path = models.CharField(_("路径"), max_length=200)
    units = models.JSONField(_("单位"), default=list)
    size = models.PositiveIntegerField(_("单位数"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    lease_token = models.CharField(_("持有标识"), max_length=40, blank=True)
    lease_until = models.DateTimeField(_("持有至"), null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("后台任务分块")
        verbose_name_plural = _("后台任务分块")
        ordering: ClassVar = ["job", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["job", "number"], name="job_chunk_once"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["job", "number"],
                condition=models.Q(state__in=["queued", "running"]),
                name="job_chunk_unfinished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.number} {self.path}"
