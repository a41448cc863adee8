from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models.event import AWAITS_WHEN_SUBMITTED, Status
from sessions.models.form import Form
from sessions.querysets import AnnualPlanQuerySet, PlanItemQuerySet
from units.models import Unit


class AnnualPlan(models.Model):
    """A unit's plan of one year, approved by its leader and filed with the department."""

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="plans"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("标题"), max_length=200)
    basis = models.TextField(_("制定依据"), blank=True)
    approved_by = models.CharField(_("审定人"), max_length=60, blank=True)
    approved_on = models.DateField(_("审定日期"), null=True, blank=True)
    # Follows from the events; kept for lists, written only together with an event.
    status = models.CharField(
        _("状态"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    # Submitted, but the unit's own approver has not looked at it yet; written with an event too.
    awaits_approval = models.BooleanField(_("待单位审核"), default=False, editable=False)
    version = models.PositiveIntegerField(_("版本"), default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("填报人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)
    # When the unit last changed a plan that stood filed; it waits to be filed again if nothing
    # happened to it since.
    adjusted_at = models.DateTimeField(_("调整时间"), null=True, blank=True, editable=False)

    objects = AnnualPlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("年度学习计划")
        verbose_name_plural = _("年度学习计划")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=AWAITS_WHEN_SUBMITTED, name="plan_awaits_when_submitted"
            ),
            models.UniqueConstraint(fields=["unit", "year"], name="plan_one_a_year"),
        ]

    def __str__(self) -> str:
        return self.title


class PlanItem(models.Model):
    """One line of the plan: what is to be studied in a month (2026-03) or quarter (2026-Q1)."""

    class State(models.TextChoices):
        PLANNED = "planned", _("计划")
        DONE = "done", _("完成")
        ADJUSTED = "adjusted", _("调整")
        POSTPONED = "postponed", _("延期")
        CANCELLED = "cancelled", _("取消")

    plan = models.ForeignKey(
        AnnualPlan, verbose_name=_("计划"), on_delete=models.CASCADE, related_name="items"
    )
    rank_order = models.PositiveIntegerField(_("序号"), default=0)
    period = models.CharField(_("时间"), max_length=7)
    topic = models.CharField(_("学习专题"), max_length=200)
    content = models.TextField(_("学习内容"), blank=True)
    form = models.CharField(_("学习形式"), max_length=20, choices=Form)
    is_discussion = models.BooleanField(_("是否研讨"), default=False)
    speakers = models.CharField(_("重点发言人"), max_length=200, blank=True)
    owner = models.CharField(_("责任单位（责任人）"), max_length=100, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PLANNED)
    note = models.CharField(_("备注（调整情况）"), max_length=200, blank=True)

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("计划项目")
        verbose_name_plural = _("计划项目")
        ordering: ClassVar = ["plan", "rank_order", "id"]

    def __str__(self) -> str:
        return self.topic
