from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.assessments.querysets import SheetQuerySet
from reports.models.assessment_scheme import AssessmentItem, AssessmentScheme
from reports.models.closing import Closing
from units.models import Unit


class AssessmentSheet(models.Model):
    """One unit's assessment of a year: its own scores, then the department's.

    ``obligations`` are, by rule, the period, outcome and words of every obligation of the year as
    they stood at ``as_of`` (those that were open then, at ``open_as_of``), from ``closing`` or,
    without one, from what was on record. A rule that does not bind the unit is not among them.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("自查中")
        HANDED_IN = "handed_in", _("已报送自查")
        CHECKED = "checked", _("已检查")

    scheme = models.ForeignKey(
        AssessmentScheme, verbose_name=_("考评方案"), on_delete=models.PROTECT,
        related_name="sheets",
    )  # fmt: skip
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="assessment_sheets"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    status = models.CharField(
        _("状态"), max_length=10, choices=Status, default=Status.DRAFT, editable=False
    )
    own_due = models.DateField(_("单独的自查截止日期"), null=True, blank=True)
    awaits_reply = models.BooleanField(_("有说明待答复"), default=False)
    obligations = models.JSONField(_("核算依据"), default=dict)
    measured_at = models.DateTimeField(_("核算时间"), null=True, blank=True)
    as_of = models.DateField(_("核算截至"), null=True, blank=True)
    open_as_of = models.DateField(_("未办结事项截至"), null=True, blank=True)
    closing = models.ForeignKey(
        Closing,
        verbose_name=_("依据的封账"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    version = models.PositiveIntegerField(_("版本"), default=1)

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("考评表")
        verbose_name_plural = _("考评表")
        ordering: ClassVar = ["-year", "unit", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "year"], name="assessment_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.unit_id}"


class AssessmentScore(models.Model):
    """What was entered for one item of a unit's sheet. Scores are points with two decimals.

    ``adjusted`` replaces what was worked out from data, with a reason; an excused item leaves the
    points that can be reached.
    """

    sheet = models.ForeignKey(
        AssessmentSheet, verbose_name=_("考评表"), on_delete=models.CASCADE, related_name="scores"
    )
    item = models.ForeignKey(
        AssessmentItem, verbose_name=_("考评内容"), on_delete=models.CASCADE, related_name="+"
    )
    self_score = models.DecimalField(
        _("自查评分"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    self_reason = models.CharField(_("自查说明"), max_length=300, blank=True)
    self_evidence = models.CharField(_("佐证材料"), max_length=200, blank=True)
    self_link = models.CharField(_("佐证页面"), max_length=200, blank=True)
    score = models.DecimalField(
        _("检查评分"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    reason = models.CharField(_("扣分原因"), max_length=300, blank=True)
    is_excused = models.BooleanField(_("不适用"), default=False)
    adjusted = models.DecimalField(
        _("例外评分"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    adjust_reason = models.CharField(_("例外理由"), max_length=300, blank=True)
    adjusted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("例外决定人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    adjusted_at = models.DateTimeField(_("例外决定时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("考评得分")
        verbose_name_plural = _("考评得分")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "item"], name="assessment_score_once"),
            models.CheckConstraint(
                condition=(Q(self_score__isnull=True) | Q(self_score__gte=0))
                & (Q(score__isnull=True) | Q(score__gte=0))
                & (Q(adjusted__isnull=True) | Q(adjusted__gte=0)),
                name="assessment_never_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(adjusted__isnull=True) | ~Q(adjust_reason=""),
                name="assessment_exception_why",
            ),
            models.CheckConstraint(
                condition=Q(is_excused=False) | ~Q(reason=""), name="assessment_excused_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.item_id}"


class AssessmentEvent(models.Model):
    """What happened to a sheet; append-only."""

    class Kind(models.TextChoices):
        HAND_IN = "hand_in", _("报送自查")
        RETURN = "return", _("退回自查")
        CHECK = "check", _("完成检查")
        AMEND = "amend", _("修改检查评分")
        ADJUST = "adjust", _("例外评分")
        OBJECT = "object", _("单位说明")
        REPLY = "reply", _("答复说明")
        RESTART = "restart", _("方案修改，重新自查")

    sheet = models.ForeignKey(
        AssessmentSheet, verbose_name=_("考评表"), on_delete=models.CASCADE, related_name="events"
    )
    kind = models.CharField(_("事项"), max_length=10, choices=Kind)
    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("办理人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.TextField(_("内容"), blank=True)

    class Meta:
        verbose_name = _("考评经过")
        verbose_name_plural = _("考评经过")
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.kind
