from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class BackupRun(models.Model):
    """One attempt to back up, to copy to the second place, to restore on trial or in earnest.

    ``backup`` is the name of the backup it was about, ``place`` the folder that lies in, ``size``
    its bytes. ``said`` is why it failed, or what its owner should look at although it succeeded.
    """

    class Kind(models.TextChoices):
        BACKUP = "backup", _("备份")
        COPY = "copy", _("第二处备份")
        TRIAL = "trial", _("试恢复")
        RESTORE = "restore", _("恢复")

    class State(models.TextChoices):
        RUNNING = "running", _("进行中")
        DONE = "done", _("成功")
        FAILED = "failed", _("失败")

    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField(_("开始时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    backup = models.CharField(_("备份名称"), max_length=40, blank=True)
    place = models.CharField(_("位置"), max_length=300, blank=True)
    size = models.PositiveBigIntegerField(_("大小（字节）"), default=0)
    said = models.TextField(_("说明"), blank=True)

    class Meta:
        verbose_name = _("备份记录")
        verbose_name_plural = _("备份记录")
        ordering: ClassVar = ["-started_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["kind", "state", "started_at"], name="backup_run_kind_state"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="running", ended_at__isnull=True)
                | (~Q(state="running") & Q(ended_at__isnull=False)),
                name="backup_run_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} {self.get_kind_display()}"
