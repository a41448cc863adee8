from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reports.assessments.querysets import SchemeQuerySet
from units.models import Category, Unit


class AssessmentSettings(models.Model):
    """What a county has decided about its assessments. Ranking is off until it is switched on."""

    root = models.OneToOneField(
        Unit, verbose_name=_("范围单位"), on_delete=models.CASCADE, related_name="+"
    )
    is_ranked = models.BooleanField(_("年终考评显示名次"), default=False)
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = _("考评设置")
        verbose_name_plural = _("考评设置")

    def __str__(self) -> str:
        return f"{self.root_id} {self.is_ranked}"


class AssessmentScheme(models.Model):
    """What the units of a county are assessed by at the end of a year (考评方案).

    Without categories it is for all units that no scheme of their category is for. Publishing
    freezes it; until results stand it may be taken back to a draft, with a reason. ``grades`` are
    pairs of a word and the least part of the possible points, in per cent, the best first.
    """

    root = models.ForeignKey(
        Unit, verbose_name=_("范围单位"), on_delete=models.PROTECT, related_name="+"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("名称"), max_length=60)
    categories = models.ManyToManyField(
        Category,
        verbose_name=_("适用类别"),
        blank=True,
        related_name="+",
        db_table="assessment_scheme_category",
    )
    self_due = models.DateField(_("自查截止日期"))
    grades = models.JSONField(_("等次"), default=list, blank=True)
    # Counts the changes of a draft, so that two editors notice each other.
    revision = models.PositiveIntegerField(_("修改次数"), default=1)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("发布人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdraw_reason = models.CharField(_("撤回理由"), max_length=200, blank=True)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("考评方案")
        verbose_name_plural = _("考评方案")
        ordering: ClassVar = ["-year", "title", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "year", "title"], name="assessment_title_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year}年{self.title}"


class AssessmentItem(models.Model):
    """One line of a scheme. ``deduction`` is for every occurrence, ``cap`` the most they may cost
    together (the item's points where there is none).

    An item from data has a rule of the rule sets; one of judgement has none and is entered.
    """

    class Kind(models.TextChoices):
        DATA = "data", _("系统核算")
        JUDGEMENT = "judgement", _("人工评定")

    class Evidence(models.TextChoices):
        RECORDS = "records", _("平台学习记录")
        PAPERS = "papers", _("计划、报告和总结")
        FILES = "files", _("一次一档材料")
        VISIT = "visit", _("实地查看")
        TALK = "talk", _("座谈了解")
        OTHER = "other", _("其他书面材料")

    scheme = models.ForeignKey(
        AssessmentScheme, verbose_name=_("考评方案"), on_delete=models.CASCADE, related_name="items"
    )
    position = models.PositiveSmallIntegerField(_("序号"))
    project = models.CharField(_("考评项目"), max_length=40)
    content = models.CharField(_("考评内容"), max_length=200)
    points = models.DecimalField(_("分值"), max_digits=6, decimal_places=2)
    standard = models.CharField(_("评分标准"), max_length=300)
    kind = models.CharField(_("评定方式"), max_length=10, choices=Kind)
    rule = models.CharField(_("对应规则"), max_length=30, blank=True)
    deduction = models.DecimalField(_("每次扣分"), max_digits=6, decimal_places=2, default=0)
    cap = models.DecimalField(_("最多扣分"), max_digits=6, decimal_places=2, null=True, blank=True)
    evidence = models.CharField(_("考评依据"), max_length=10, choices=Evidence)

    class Meta:
        verbose_name = _("考评内容")
        verbose_name_plural = _("考评内容")
        ordering: ClassVar = ["scheme", "position", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(points__gt=0), name="assessment_item_has_points"),
            models.CheckConstraint(
                condition=Q(kind="judgement", rule="")
                | (Q(kind="data", deduction__gt=0) & ~Q(rule="")),
                name="assessment_item_data_has_rule",
            ),
            models.CheckConstraint(
                condition=Q(deduction__gte=0)
                & (Q(cap__isnull=True) | Q(cap__gt=0, cap__lte=F("points"))),
                name="assessment_item_cap_in_points",
            ),
        ]

    def __str__(self) -> str:
        return self.content
