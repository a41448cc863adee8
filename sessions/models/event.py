from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a session, a plan or a report stands: it follows from the last of its events."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("已报送")
    ACCEPTED = "accepted", _("已审核")
    FILED = "filed", _("已备案")
    RETURNED = "returned", _("已退回")


# Of sessions and reports: reported, and neither taken back nor returned since.
HANDED_IN = (Status.SUBMITTED, Status.ACCEPTED)

# What waits for the unit's own approver has been submitted.
AWAITS_WHEN_SUBMITTED = Q(awaits_approval=False) | Q(status="submitted")

# A row that hangs on a session, a plan or a report hangs on exactly one of them.
ABOUT_ONE_THING = (
    Q(session__isnull=False, plan__isnull=True, report__isnull=True)
    | Q(session__isnull=True, plan__isnull=False, report__isnull=True)
    | Q(session__isnull=True, plan__isnull=True, report__isnull=False)
)


class ReviewEvent(models.Model):
    """Something that happened to a session, a plan or a report. Append-only.

    ``on`` is the local date that rules judge by; events of one day count in the order of their
    ids. ``fields`` names what a return asks to correct, ``due`` until when; ``in_unit`` marks a
    return by the unit's own approver, which the department never saw.
    """

    class Kind(models.TextChoices):
        SUBMIT = "submit", _("报送")
        APPROVE = "approve", _("单位审核")
        ACCEPT = "accept", _("审核通过")
        FILE = "file", _("备案")
        RETURN = "return", _("退回")
        WITHDRAW = "withdraw", _("撤回")

    session = models.ForeignKey(
        "study_sessions.StudySession",
        verbose_name=_("集中学习"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="events",
    )
    plan = models.ForeignKey(
        "study_sessions.AnnualPlan",
        verbose_name=_("年度学习计划"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="events",
    )
    report = models.ForeignKey(
        "study_sessions.UnitReport",
        verbose_name=_("学习报告"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="events",
    )
    kind = models.CharField(_("事项"), max_length=10, choices=Kind)
    on = models.DateField(_("日期"))
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经办人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="review_events",
    )
    reason = models.TextField(_("原因"), blank=True)
    fields = models.JSONField(_("涉及栏目"), default=list, blank=True)
    due = models.DateField(_("更正期限"), null=True, blank=True)
    in_unit = models.BooleanField(_("单位内退回"), default=False)

    class Meta:
        verbose_name = _("办理记录")
        verbose_name_plural = _("办理记录")
        ordering: ClassVar = ["on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=ABOUT_ONE_THING, name="event_about_one_thing"),
            models.CheckConstraint(
                condition=~Q(kind="return") | Q(reason__gt=""), name="event_return_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(kind="return") | Q(due__isnull=True, in_unit=False),
                name="event_only_returns_are_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"
