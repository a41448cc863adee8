"""Circulars 通报: what the department says of a half-year or a year, once for everybody."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reports.circulars.querysets import CircularQuerySet
from reports.models.closing import Closing
from reports.models.happening import Happening
from units.models import Unit


class Circular(models.Model):
    """What a department writes about a half-year or a year; never about a month or a quarter.

    It stands on the ``closing`` of June or December: ``situation`` holds the figures taken from
    it, ``checksum`` is the closing's of that moment. Issued it never changes; a later circular
    that names it in ``supersedes`` takes its place. ``approved_by`` is the leader's account,
    ``approver_name`` the leader who has none; never printed.
    """

    class Period(models.TextChoices):
        HALF_YEAR = "half_year", _("上半年")
        YEAR = "annual", _("全年")

    class Status(models.TextChoices):
        DRAFT = "draft", _("起草中")
        SUBMITTED = "submitted", _("待领导审定")
        APPROVED = "approved", _("已审定")
        ISSUED = "issued", _("已印发")
        SUPERSEDED = "superseded", _("已被代替")
        DISCARDED = "discarded", _("已作废")

    IN_HAND = (Status.DRAFT, Status.SUBMITTED, Status.APPROVED)
    OUT = (Status.ISSUED, Status.SUPERSEDED)

    root = models.ForeignKey(
        Unit, verbose_name=_("印发单位"), on_delete=models.PROTECT, related_name="circulars"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    period = models.CharField(_("时段"), max_length=10, choices=Period)
    closing = models.ForeignKey(
        Closing, verbose_name=_("所据封账"), on_delete=models.PROTECT, related_name="circulars"
    )
    checksum = models.CharField(_("封账校验值"), max_length=64)
    situation = models.JSONField(_("总体情况数据"))
    supersedes = models.ForeignKey(
        "self",
        verbose_name=_("代替的通报"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successors",
    )
    title = models.CharField(_("标题"), max_length=120)
    addressee = models.CharField(_("主送机关"), max_length=200)
    sender = models.CharField(_("落款"), max_length=100)
    remarks = models.TextField(_("总体情况补充说明"), blank=True)
    status = models.CharField(
        _("状态"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("送审人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("审定人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    approver_name = models.CharField(_("审定领导"), max_length=60, blank=True)
    approved_on = models.DateField(_("审定日期"), null=True, blank=True)
    opened_at = models.DateTimeField(_("开放说明时间"), null=True, blank=True)
    explain_by = models.DateField(_("说明期限"), null=True, blank=True)
    number = models.CharField(_("发文字号"), max_length=60, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    also_sent = models.CharField(_("抄送"), max_length=200, blank=True)
    recipients = models.ManyToManyField(
        Unit, verbose_name=_("发送单位"), blank=True, related_name="circulars_received"
    )
    version = models.PositiveIntegerField(_("版本"), default=1)

    objects = CircularQuerySet.as_manager()

    class Meta:
        verbose_name = _("学习通报")
        verbose_name_plural = _("学习通报")
        ordering: ClassVar = ["-year", "-period", "-id"]
        constraints: ClassVar = [
            # By national rule nothing of the kind goes out by month or by quarter.
            models.CheckConstraint(
                condition=Q(period__in=("half_year", "annual")), name="circular_no_month_no_quarter"
            ),
            models.UniqueConstraint(
                fields=["root", "year", "period"],
                condition=Q(status__in=("draft", "submitted", "approved")),
                name="circular_one_in_hand",
            ),
            models.UniqueConstraint(
                fields=["root", "year", "period"],
                condition=Q(status="issued"),
                name="circular_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=~Q(status="discarded"),
                name="circular_superseded_once",
            ),
            models.UniqueConstraint(
                fields=["root", "number"], condition=Q(number__gt=""), name="circular_number_once"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("submitted_by")),
                name="circular_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("approved", "issued", "superseded"))
                | (
                    Q(approved_on__isnull=False)
                    & (Q(approved_by__isnull=False) | Q(approver_name__gt=""))
                ),
                name="circular_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("issued", "superseded"), issued_on__isnull=False)
                & Q(number__gt="")
                | ~Q(status__in=("issued", "superseded")) & Q(issued_on__isnull=True, number=""),
                name="circular_issued_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True, explain_by__isnull=True)
                | Q(opened_at__isnull=False, explain_by__isnull=False),
                name="circular_open_until",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_out(self) -> bool:
        return self.status in self.OUT

    @property
    def is_in_hand(self) -> bool:
        return self.status in self.IN_HAND


class CircularPassage(models.Model):
    """One point of a circular's text: a good practice, a type of problem, or a requirement.

    ``units`` are the units a practice names, or those a problem names when only some are named.
    ``due`` is a requirement's last day. Which units are behind a type of problem that the figures
    show stands in the circular's ``situation``.
    """

    class Section(models.TextChoices):
        PRACTICE = "practice", _("好的做法")
        PROBLEM = "problem", _("存在的问题")
        REQUIREMENT = "requirement", _("下一步要求")

    class Problem(models.TextChoices):
        PLAN = "plan", _("年度学习计划未备案")
        SESSIONS = "sessions", _("集中学习次数不足")
        DISCUSSIONS = "discussions", _("集体研讨次数不足")
        MEETINGS = "meetings", _("以会代学")
        SHALLOW = "shallow", _("研讨不深")
        ATTENDANCE = "attendance", _("到会率偏低")
        TOPICS = "topics", _("必学内容未学")
        QUOTAS = "quotas", _("个人学习任务未完成")
        MAKEUPS = "makeups", _("补学不及时")
        FILES = "files", _("学习档案不全")
        REPORTING = "reporting", _("未按时报送")
        OTHER = "other", _("其他问题")

    class Naming(models.TextChoices):
        NONE = "none", _("不点名，只写数量")
        ALL = "all", _("全部点名")
        SOME = "some", _("只点下面勾选的单位")

    circular = models.ForeignKey(
        Circular, verbose_name=_("通报"), on_delete=models.CASCADE, related_name="passages"
    )
    section = models.CharField(_("部分"), max_length=12, choices=Section)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    problem = models.CharField(_("问题类型"), max_length=12, choices=Problem, blank=True)
    title = models.CharField(_("小标题"), max_length=40, blank=True)
    text = models.TextField(_("内容"), blank=True)
    naming = models.CharField(_("点名方式"), max_length=5, choices=Naming, default=Naming.NONE)
    units = models.ManyToManyField(Unit, verbose_name=_("点名的单位"), blank=True, related_name="+")
    due = models.DateField(_("完成时限"), null=True, blank=True)

    class Meta:
        verbose_name = _("通报内容")
        verbose_name_plural = _("通报内容")
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(section="problem", problem__gt="")
                | (~Q(section="problem") & Q(problem="")),
                name="passage_problem_has_type",
            ),
            models.CheckConstraint(
                condition=Q(section="requirement") | Q(due__isnull=True),
                name="passage_due_of_requirement",
            ),
            models.CheckConstraint(
                condition=Q(section="problem") | Q(text__gt=""), name="passage_says_something"
            ),
            models.UniqueConstraint(
                fields=["circular", "problem"],
                condition=Q(section="problem"),
                name="passage_problem_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_problem_display() or self.text[:20]


class CircularExplanation(models.Model):
    """What a unit has to say about its own line before the circular is issued. Not printed."""

    circular = models.ForeignKey(
        Circular, verbose_name=_("通报"), on_delete=models.CASCADE, related_name="explanations"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("情况说明"))
    written_at = models.DateTimeField(_("填写时间"))
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("情况说明")
        verbose_name_plural = _("情况说明")
        ordering: ClassVar = ["unit__rank_order", "unit__code"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["circular", "unit"], name="explanation_once"),
            models.CheckConstraint(condition=Q(text__gt=""), name="explanation_says_something"),
        ]

    def __str__(self) -> str:
        return self.text[:20]


class CircularPaper(models.Model):
    """The Word file as it was issued: what is downloaded from then on, byte for byte."""

    circular = models.OneToOneField(
        Circular, verbose_name=_("通报"), on_delete=models.CASCADE, related_name="paper"
    )
    data = models.BinaryField(_("文件"))
    sha256 = models.CharField(_("校验值"), max_length=64)

    class Meta:
        verbose_name = _("印发的文件")
        verbose_name_plural = _("印发的文件")

    def __str__(self) -> str:
        return self.sha256


class CircularEvent(Happening):
    """Something that happened to a circular. Append-only; ``unit`` is whose explanation it was."""

    class Kind(models.TextChoices):
        DRAFT = "draft", _("起草")
        EDIT = "edit", _("修改")
        TAKE_OVER = "take_over", _("改用新的封账数据")
        OPEN = "open", _("开放情况说明")
        EXPLAIN = "explain", _("提交情况说明")
        SUBMIT = "submit", _("送审")
        SEND_BACK = "send_back", _("退回修改")
        APPROVE = "approve", _("审定")
        RECORD = "record", _("登记领导审定")
        ISSUE = "issue", _("印发")
        SUPERSEDE = "supersede", _("被代替")
        DISCARD = "discard", _("作废")

    circular = models.ForeignKey(
        Circular, verbose_name=_("通报"), on_delete=models.CASCADE, related_name="events"
    )
    kind = models.CharField(_("事项"), max_length=10, choices=Kind)
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta(Happening.Meta):
        verbose_name = _("通报办理记录")
        verbose_name_plural = _("通报办理记录")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(kind__in=("send_back", "discard")) | Q(note__gt=""),
                name="circular_back_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind="explain", unit__isnull=False)
                | (~Q(kind="explain") & Q(unit__isnull=True)),
                name="circular_explained_by_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.get_kind_display()}"
