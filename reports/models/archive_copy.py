from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions.models import StudySession
from units.models import Unit


class ArchiveCopy(models.Model):
    """A ZIP of an archive that was handed out, and the checksum by which it is known again.

    ``session`` is set where it holds one session's file only. While it is being sent, or if that
    broke off, it is not finished and has no checksum.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="archive_copies"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    session = models.ForeignKey(
        StudySession,
        verbose_name=_("集中学习"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="archive_copies",
    )
    chosen = models.CharField(_("范围"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("下载人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    begun_at = models.DateTimeField(_("开始时间"))
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    files = models.PositiveIntegerField(_("文件数"), default=0)
    size = models.PositiveBigIntegerField(_("大小（字节）"), default=0)
    left_out = models.PositiveIntegerField(_("未装入"), default=0)
    checksum = models.CharField(_("档案校验值"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("学习档案副本")
        verbose_name_plural = _("学习档案副本")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["unit", "year"], name="archive_copy_of_year")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True, checksum="")
                | Q(finished_at__isnull=False, checksum__gt=""),
                name="archive_copy_finished_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"
