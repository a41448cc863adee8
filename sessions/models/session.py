from collections.abc import Collection
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sessions.models.event import AWAITS_WHEN_SUBMITTED, Status
from sessions.models.form import Form
from sessions.models.ledger_import import LedgerImport
from sessions.models.plan import PlanItem
from sessions.models.topic import Topic
from sessions.querysets import StudySessionQuerySet
from units.models import Unit


class StudySession(models.Model):
    """One gathering of a unit's own group.

    ``half_days`` is its length in half-days; a reading class of several days is one session that
    counts from its first day. With ``is_offline_only`` nothing about the content is stored, only
    date, form, attendance and where the paper file lies.
    """

    class Scope(models.TextChoices):
        GROUP = "group", _("中心组")
        SECTION_HEADS = "section_heads", _("扩大到科以上干部")
        ALL_STAFF = "all_staff", _("扩大到全体干部职工")

    class Source(models.TextChoices):
        ENTERED = "entered", _("填报")
        IMPORTED = "imported", _("导入")
        API = "api", _("接口")

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="study_sessions"
    )
    theme = models.CharField(_("学习主题"), max_length=200, blank=True)
    date = models.DateField(_("学习时间"))
    end_date = models.DateField(_("结束日期"))
    half_days = models.PositiveSmallIntegerField(_("半天数"), default=1)
    form = models.CharField(_("学习形式"), max_length=20, choices=Form)
    place = models.CharField(_("地点"), max_length=100, blank=True)
    chair = models.CharField(_("主持人"), max_length=60, blank=True)
    lecturer = models.CharField(_("授课（领学）人"), max_length=100, blank=True)
    scope = models.CharField(_("学习范围"), max_length=20, choices=Scope, default=Scope.GROUP)
    guests_expanded = models.PositiveIntegerField(_("扩大参加人数"), default=0)
    guests_attending = models.PositiveIntegerField(_("列席人数"), default=0)
    guests_observing = models.PositiveIntegerField(_("旁听人数"), default=0)
    guests_teaching = models.PositiveIntegerField(_("授课人数"), default=0)
    content = models.TextField(_("学习内容"), blank=True)
    problem_solved = models.TextField(_("解决的实际问题"), blank=True)
    plan_item = models.ForeignKey(
        PlanItem,
        verbose_name=_("对应计划"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sessions",
    )
    joint_lead = models.ForeignKey(
        "self",
        verbose_name=_("联学牵头记录"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="joint_partners",
    )
    # A partner's: what the lead said when it was last taken over (an imprint), and the names of
    # what was carried over since the partner's last submission.
    joint_taken = models.JSONField(_("联学同步"), default=dict, blank=True, editable=False)
    # Whom the lead studies with; each gets a draft of its own when the lead submits.
    joint_units = models.ManyToManyField(
        Unit, verbose_name=_("联学单位"), blank=True, related_name="joint_sessions"
    )
    topics = models.ManyToManyField(
        Topic, verbose_name=_("学习内容"), blank=True, related_name="sessions"
    )
    is_offline_only = models.BooleanField(_("含不宜上网内容"), default=False)
    archive_place = models.CharField(_("纸质档案存放处"), max_length=200, blank=True)
    # Follows from the events; kept for lists, written only together with an event.
    status = models.CharField(
        _("状态"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    # Submitted, but the unit's own approver has not looked at it yet; written with an event too.
    awaits_approval = models.BooleanField(_("待单位审核"), default=False, editable=False)
    source = models.CharField(_("来源"), max_length=10, choices=Source, default=Source.ENTERED)
    ledger_import = models.ForeignKey(
        LedgerImport,
        verbose_name=_("台账导入"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sessions",
        editable=False,
    )
    version = models.PositiveIntegerField(_("版本"), default=1)
    # Made with the empty form: however often one form is sent, it makes one record.
    form_token = models.UUIDField(_("表单标识"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("填报人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("填报时间"), auto_now_add=True)
    updated_at = models.DateTimeField(_("修改时间"), auto_now=True)

    objects = StudySessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("集中学习")
        verbose_name_plural = _("集中学习")
        ordering: ClassVar = ["date", "id"]
        indexes: ClassVar = [
            models.Index(fields=["unit", "date"], name="session_unit_date"),
            # The newest of many units, fifty at a time: nothing is sorted, and what each row of a
            # list tells is not worked out for the rows of all other pages.
            models.Index(fields=["date", "id"], name="session_by_day"),
            # What waits for review, of however many there are.
            models.Index(fields=["unit"], condition=Q(status="submitted"), name="session_waiting"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=AWAITS_WHEN_SUBMITTED, name="session_awaits_when_submitted"
            ),
            models.CheckConstraint(condition=Q(half_days__gte=1), name="session_half_days_min"),
            models.CheckConstraint(
                condition=Q(end_date__gte=F("date")), name="session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(is_offline_only=False)
                | Q(theme="", content="", problem_solved="", lecturer=""),
                name="session_offline_says_nothing",
            ),
            models.UniqueConstraint(fields=["unit", "form_token"], name="session_one_a_form"),
            models.UniqueConstraint(fields=["joint_lead", "unit"], name="session_joint_once"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.theme}"

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Nothing: Django would ask the database for each constraint, three statements apiece.

        The form says in its own words what they ask, and the table refuses whatever is left.
        """

    @property
    def guests(self) -> int:
        """All who took part without being due; they touch no rate."""
        return (
            self.guests_expanded
            + self.guests_attending
            + self.guests_observing
            + self.guests_teaching
        )
