from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reports.models.happening import Happening
from reports.sitins.querysets import SitInQuerySet
from sessions.models import StudySession
from units.models import Unit

# The county's own numbers may differ; these are what counties commonly ask.
NOTICE_WORKDAYS, FEEDBACK_WORKDAYS, RECTIFY_WORKDAYS = 2, 5, 20


class SitInTerms(models.Model):
    """How many working days a department allows, for everything below it.

    ``notice_workdays`` lie between telling a unit and the sit-in, ``feedback_workdays`` between
    the sit-in and the feedback form; ``rectify_workdays`` is what a finding's deadline starts from.
    """

    root = models.OneToOneField(
        Unit, verbose_name=_("范围单位"), on_delete=models.CASCADE, related_name="sit_in_terms"
    )
    notice_workdays = models.PositiveSmallIntegerField(
        _("提前对接的工作日"), default=NOTICE_WORKDAYS
    )
    feedback_workdays = models.PositiveSmallIntegerField(
        _("反馈期限的工作日"), default=FEEDBACK_WORKDAYS
    )
    rectify_workdays = models.PositiveSmallIntegerField(
        _("整改时限的工作日"), default=RECTIFY_WORKDAYS
    )
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("巡听旁听时限")
        verbose_name_plural = _("巡听旁听时限")

    def __str__(self) -> str:
        return f"{self.notice_workdays}/{self.feedback_workdays}/{self.rectify_workdays}"


class SitIn(models.Model):
    """Somebody of the department listens to one session of a unit's group. Never counted, scored
    or ranked.

    ``year`` and ``month`` are the plan's; ``date`` is the intended, then the agreed, in the end
    the real day. ``feedback_due`` is worked out when the sit-in was held and stands from then on.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("计划")
        AGREED = "agreed", _("已对接")
        HELD = "held", _("已旁听")
        FED_BACK = "fed_back", _("已反馈")
        CANCELLED = "cancelled", _("已取消")

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="sit_ins"
    )
    year = models.PositiveSmallIntegerField(_("计划年度"))
    month = models.PositiveSmallIntegerField(_("计划月份"))
    date = models.DateField(_("旁听日期"), null=True, blank=True)
    agreed_on = models.DateField(_("对接日期"), null=True, blank=True)
    is_short_notice = models.BooleanField(_("对接不足规定的工作日"), default=False)
    feedback_due = models.DateField(_("反馈期限"), null=True, blank=True)
    listeners = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("旁听人"), blank=True, related_name="sit_ins"
    )
    other_listeners = models.CharField(_("其他旁听人"), max_length=100, blank=True)
    session = models.ForeignKey(
        StudySession,
        verbose_name=_("旁听的学习"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sit_ins",
    )
    status = models.CharField(
        _("状态"), max_length=10, choices=Status, default=Status.PLANNED, editable=False
    )
    version = models.PositiveIntegerField(_("版本"), default=1)

    objects = SitInQuerySet.as_manager()

    class Meta:
        verbose_name = _("巡听旁听")
        verbose_name_plural = _("巡听旁听")
        ordering: ClassVar = ["-year", "month", "date", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "year"],
                condition=~Q(status="cancelled"),
                name="sit_in_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12), name="sit_in_month_exists"
            ),
            models.CheckConstraint(
                condition=~Q(status="agreed") | Q(date__isnull=False, agreed_on__isnull=False),
                name="sit_in_agreed_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("held", "fed_back"))
                | Q(date__isnull=False, feedback_due__gte=F("date")),
                name="sit_in_held_has_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def reported_session(self) -> StudySession | None:
        """The session listened to, once the unit has handed it in."""
        if self.session is None or self.session.status == "draft":
            return None
        return self.session


class SitInFeedback(models.Model):
    """The feedback form 巡听旁听反馈表, in the listeners' words.

    ``theme``, ``chair``, ``due`` and ``present`` (people) are filled in only while no session of
    the unit is linked; with one the session says them.
    """

    sit_in = models.OneToOneField(
        SitIn, verbose_name=_("巡听旁听"), on_delete=models.CASCADE, related_name="feedback"
    )
    theme = models.CharField(_("主题"), max_length=200, blank=True)
    chair = models.CharField(_("主持人"), max_length=60, blank=True)
    due = models.PositiveIntegerField(_("应到人数"), null=True, blank=True)
    present = models.PositiveIntegerField(_("实到人数"), null=True, blank=True)
    procedure = models.TextField(_("程序规范"), blank=True)
    quality = models.TextField(_("研讨质量"), blank=True)
    archive = models.TextField(_("档案"), blank=True)
    overall = models.TextField(_("总体评价"))
    highlights = models.TextField(_("特色亮点"), blank=True)
    problems = models.TextField(_("存在问题"), blank=True)
    advice = models.TextField(_("意见建议"), blank=True)
    fed_back_on = models.DateField(_("反馈日期"))

    class Meta:
        verbose_name = _("巡听旁听反馈表")
        verbose_name_plural = _("巡听旁听反馈表")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(present__isnull=True) | Q(present__lte=F("due")),
                name="sit_in_present_among_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fed_back_on}"


class SitInEvent(Happening):
    """Something that happened to a sit-in. Append-only."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("列入计划")
        EDIT = "edit", _("调整计划")
        AGREE = "agree", _("对接")
        HOLD = "hold", _("登记旁听")
        LINK = "link", _("关联学习记录")
        FEED_BACK = "feed_back", _("反馈")
        AMEND = "amend", _("修改反馈")
        CANCEL = "cancel", _("取消")

    sit_in = models.ForeignKey(
        SitIn, verbose_name=_("巡听旁听"), on_delete=models.CASCADE, related_name="events"
    )
    kind = models.CharField(_("事项"), max_length=10, choices=Kind)

    class Meta(Happening.Meta):
        verbose_name = _("巡听旁听办理记录")
        verbose_name_plural = _("巡听旁听办理记录")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind="cancel") | Q(note__gt=""), name="sit_in_cancelled_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_kind_display()}"
