from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.querysets import ArchiveSealQuerySet
from units.models import Unit


class ArchiveSeal(models.Model):
    """What a unit's archive of a year held when it was sealed: the checksum of its contents list.

    Of a unit and year at most one stands; sealing again keeps the row before, with the reason.
    ``matches`` is what the last look at it found; null until somebody looked.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="archive_seals"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    digest = models.CharField(_("目录校验值"), max_length=64)
    sessions = models.PositiveIntegerField(_("学习次数"))
    pieces = models.PositiveIntegerField(_("材料件数"))
    sealed_at = models.DateTimeField(_("封存时间"))
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("封存人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.CharField(_("重新封存的原因"), max_length=200, blank=True)
    checked_at = models.DateTimeField(_("核对时间"), null=True, blank=True)
    matches = models.BooleanField(_("与封存时一致"), null=True, blank=True)
    replaced_at = models.DateTimeField(_("被替换时间"), null=True, blank=True)

    objects = ArchiveSealQuerySet.as_manager()

    class Meta:
        verbose_name = _("档案封存")
        verbose_name_plural = _("档案封存")
        ordering: ClassVar = ["unit", "-year", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                condition=Q(replaced_at__isnull=True),
                name="archive_seal_one_stands",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"


class TurnCheck(models.Model):
    """Somebody looked through a step of the yearly turn that only people can do."""

    class Step(models.TextChoices):
        CLOSE = "close", _("全年封账")
        SEAL = "seal", _("封存学习档案")
        ROSTER = "roster", _("成员名册")
        MAKEUPS = "makeups", _("未完成的补学")
        PLANS = "plans", _("新年度计划")
        RULES = "rules", _("新年度考核规则")
        TOPICS = "topics", _("新年度必学内容")
        CALENDAR = "calendar", _("新年度工作日历")

    root = models.ForeignKey(
        Unit, verbose_name=_("范围单位"), on_delete=models.PROTECT, related_name="turn_checks"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    step = models.CharField(_("步骤"), max_length=10, choices=Step)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    at = models.DateTimeField(_("核对时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("核对人"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("年度结转核对")
        verbose_name_plural = _("年度结转核对")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "year", "step"], name="turn_check_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.step}"
