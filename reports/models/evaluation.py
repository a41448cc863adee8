from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models.closing import Closing
from reports.models.long_json import LongJSONField
from reports.models.rule_set import RuleSet
from units.models import Unit


class Evaluation(models.Model):
    """What a unit had done and owed at the end of ``as_of``.

    With ``closing`` it is part of a closed month and never changes; without it is the last
    evaluation of that date and may be replaced. ``checksum`` covers figures and results.
    """

    class Standing(models.TextChoices):
        ON_TRACK = "on_track", _("正常")
        ATTENTION = "attention", _("需关注")
        BEHIND = "behind", _("未达标")
        NOT_APPLICABLE = "not_applicable", _("不适用")

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="evaluations"
    )
    as_of = models.DateField(_("截至日期"))
    closing = models.ForeignKey(
        Closing,
        verbose_name=_("封账"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evaluations",
    )
    rule_set = models.ForeignKey(
        RuleSet,
        verbose_name=_("考核规则"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    standing = models.CharField(_("状态"), max_length=20, choices=Standing)
    figures = LongJSONField(_("数据"))
    results = LongJSONField(_("各项结果"))
    checksum = models.CharField(_("校验值"), max_length=64)
    evaluated_at = models.DateTimeField(_("计算时间"))

    class Meta:
        verbose_name = _("考核结果")
        verbose_name_plural = _("考核结果")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "as_of"],
                condition=Q(closing__isnull=True),
                name="evaluation_live_once",
            ),
            models.UniqueConstraint(
                fields=["closing", "unit"],
                condition=Q(closing__isnull=False),
                name="evaluation_closed_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["as_of", "unit"], name="evaluation_as_of")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.as_of} {self.standing}"
