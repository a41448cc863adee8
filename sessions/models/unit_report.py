from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models.event import AWAITS_WHEN_SUBMITTED, Status
from sessions.querysets import UnitReportQuerySet
from units.models import Unit


class UnitReport(models.Model):
    """A unit's half-year or annual report; ``sections`` maps a heading's key to its text."""

    class Kind(models.TextChoices):
        HALF_YEAR = "half_year", _("半年报告")
        ANNUAL = "annual", _("年度总结")

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="unit_reports"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    sections = models.JSONField(_("内容"), default=dict, blank=True)
    # Study is to be part of two systems of responsibility (2017 rule, article 2): whether it is,
    # and by which paper. Null: not said yet. Stated, never scored.
    in_party_building = models.BooleanField(_("纳入党建工作责任制"), null=True, blank=True)
    party_building_paper = models.CharField(
        _("党建工作责任制文件"), max_length=200, blank=True, default="", db_default=""
    )
    in_ideology = models.BooleanField(_("纳入意识形态工作责任制"), null=True, blank=True)
    ideology_paper = models.CharField(
        _("意识形态工作责任制文件"), max_length=200, blank=True, default="", db_default=""
    )
    # Follows from the events; kept for lists, written only together with an event.
    status = models.CharField(
        _("状态"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    # Submitted, but the unit's own approver has not looked at it yet; written with an event too.
    awaits_approval = models.BooleanField(_("待单位审核"), default=False, editable=False)
    version = models.PositiveIntegerField(_("版本"), default=1)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    objects = UnitReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("学习报告")
        verbose_name_plural = _("学习报告")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=AWAITS_WHEN_SUBMITTED, name="unit_report_awaits_submitted"
            ),
            models.UniqueConstraint(fields=["unit", "year", "kind"], name="unit_report_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}"

    @property
    def title(self) -> str:
        """`2026年半年报告`, `2026年度总结`."""
        template = _("%(year)d年半年报告") if self.kind == "half_year" else _("%(year)d年度总结")
        return str(template % {"year": self.year})
