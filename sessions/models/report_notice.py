from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions.models.unit_report import UnitReport
from sessions.querysets import ReportNoticeQuerySet
from units.models import Category, Unit


class ReportNotice(models.Model):
    """By what the department asks its units for their half-year or annual reports.

    It names the paper and the day to report by. The day that is judged is that of the rule set.
    Of each county, year and kind at most one stands; without categories it is for all units.
    """

    root = models.ForeignKey(
        Unit, verbose_name=_("部门"), on_delete=models.PROTECT, related_name="report_notices"
    )
    title = models.CharField(_("通知标题"), max_length=200)
    year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("报告类别"), max_length=10, choices=UnitReport.Kind)
    due = models.DateField(_("报送期限"))
    requirements = models.TextField(_("要求"), blank=True)
    categories = models.ManyToManyField(
        Category, verbose_name=_("发至单位类别"), blank=True, related_name="report_notices"
    )
    issued_at = models.DateTimeField(_("发出时间"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("发出人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)

    objects = ReportNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("报告通知")
        verbose_name_plural = _("报告通知")
        ordering: ClassVar = ["-year", "kind", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["root", "year", "kind"],
                condition=Q(withdrawn_at__isnull=True),
                name="report_notice_one_stands",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def report_title(self) -> str:
        """What is asked for: `2026年半年报告`, `2026年度总结`."""
        return UnitReport(year=self.year, kind=self.kind).title
