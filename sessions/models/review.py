"""What the department's review needs besides events: reasons at hand, comments, the switch."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sessions.models.event import ABOUT_ONE_THING
from sessions.models.plan import AnnualPlan
from sessions.models.session import StudySession
from sessions.models.unit_report import UnitReport
from sessions.querysets import ReviewCommentQuerySet
from units.models import Unit


class ReturnReason(models.Model):
    """A sentence an auditor may choose when returning something, instead of typing it anew.

    ``unit`` is the department that keeps it; auditors below it are offered it as well.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("部门"), on_delete=models.CASCADE, related_name="return_reasons"
    )
    text = models.CharField(_("退回原因"), max_length=300)
    for_sessions = models.BooleanField(_("学习"), default=False)
    for_plans = models.BooleanField(_("计划"), default=False)
    for_reports = models.BooleanField(_("报告"), default=False)
    rank_order = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("常用退回原因")
        verbose_name_plural = _("常用退回原因")
        ordering: ClassVar = ["unit", "rank_order", "id"]

    def __str__(self) -> str:
        return self.text


class UnitApproval(models.Model):
    """Whether submissions below the department wait for the unit's own approver first."""

    unit = models.OneToOneField(
        Unit, verbose_name=_("部门"), on_delete=models.CASCADE, related_name="unit_approval"
    )
    is_on = models.BooleanField(_("先经单位审核领导审核"), default=False)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("单位内审核")
        verbose_name_plural = _("单位内审核")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.is_on}"


class ReviewComment(models.Model):
    """A word between the unit and the department about one thing. Append-only; changes no state.

    ``in_unit`` tells which of the two sides wrote it; ``read_at`` when the other side said that it
    had read it, or answered.
    """

    session = models.ForeignKey(
        StudySession,
        verbose_name=_("集中学习"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="comments",
    )
    plan = models.ForeignKey(
        AnnualPlan,
        verbose_name=_("年度学习计划"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="comments",
    )
    report = models.ForeignKey(
        UnitReport,
        verbose_name=_("学习报告"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="comments",
    )
    text = models.TextField(_("留言"))
    in_unit = models.BooleanField(_("单位所写"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("留言人"),
        on_delete=models.PROTECT,
        related_name="review_comments",
    )
    at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("对方已阅时间"), null=True, blank=True)

    objects = ReviewCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("留言")
        verbose_name_plural = _("留言")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(
                fields=["in_unit"], condition=Q(read_at__isnull=True), name="comment_unread"
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=ABOUT_ONE_THING, name="comment_about_one_thing"),
            models.CheckConstraint(condition=Q(text__gt=""), name="comment_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:40]
