from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reports.querysets import RuleSetQuerySet
from units.models import Category, Unit


class RuleSet(models.Model):
    """One version of what is expected in a year.

    It binds one unit, or the units of its categories, or (with neither) everybody. Publishing
    freezes it; a change is a new version. The three tables hold only departures from the
    defaults (docs/rules.md, 3): ``leave_counts_as`` by leave kind, ``warn_days`` by kind of period,
    ``counted_statuses``.
    """

    title = models.CharField(_("名称"), max_length=100)
    year = models.PositiveSmallIntegerField(_("年度"))
    version = models.PositiveIntegerField(_("版本"), default=1)
    # Counts the changes of a draft, so that two editors notice each other.
    revision = models.PositiveIntegerField(_("修改次数"), default=1)
    effective_from = models.DateField(_("生效日期"))
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("适用单位"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rule_sets",
    )
    categories = models.ManyToManyField(
        Category, verbose_name=_("适用类别"), blank=True, related_name="rule_sets"
    )
    min_speakers = models.PositiveSmallIntegerField(_("研讨最少发言人数"), default=2)
    min_service_days = models.PositiveSmallIntegerField(_("个人任务最少在任天数"), default=90)
    correction_workdays = models.PositiveSmallIntegerField(_("退回修改期限（工作日）"), default=5)
    settle_workdays = models.PositiveSmallIntegerField(_("期末等待（工作日）"), default=5)
    counted_statuses = models.JSONField(_("计入的状态"), default=list, blank=True)
    leave_counts_as = models.JSONField(_("请假计算方式"), default=dict, blank=True)
    warn_days = models.JSONField(_("预警提前天数"), default=dict, blank=True)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("发布人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("考核规则")
        verbose_name_plural = _("考核规则")
        ordering: ClassVar = ["year", "title", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["title", "year", "version"], name="rule_set_version_once"
            ),
            models.CheckConstraint(
                condition=Q(effective_from__year__lte=F("year")), name="rule_set_not_too_late"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.title} 第{self.version}版"


class Rule(models.Model):
    """One rule of a rule set with its own parameters; a key occurs once."""

    class Severity(models.TextChoices):
        REQUIRED = "required", _("必须")
        ADVISORY = "advisory", _("提醒")

    rule_set = models.ForeignKey(
        RuleSet, verbose_name=_("考核规则"), on_delete=models.CASCADE, related_name="rules"
    )
    key = models.CharField(_("规则"), max_length=30)
    rank_order = models.PositiveSmallIntegerField(_("序号"), default=0)
    enabled = models.BooleanField(_("启用"), default=True)
    severity = models.CharField(_("性质"), max_length=10, choices=Severity)
    parameters = models.JSONField(_("参数"), default=dict, blank=True)
    points = models.DecimalField(_("分值"), max_digits=6, decimal_places=2, default=0)
    deduction = models.DecimalField(_("每项扣分"), max_digits=6, decimal_places=2, default=0)

    class Meta:
        verbose_name = _("规则")
        verbose_name_plural = _("规则")
        ordering: ClassVar = ["rule_set", "rank_order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rule_set", "key"], name="rule_once_a_set"),
        ]

    def __str__(self) -> str:
        return self.key
