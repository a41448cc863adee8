from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.evaluation import Evaluation
from reports.models.rule_set import RuleSet
from units.models import Unit


class MonthPreview(models.Model):
    """What closing a month would keep of one unit of a large county, as it was last worked out.

    A convenience, never a truth, like UnitStanding: it holds as long as ``basis`` is the digest
    of all it followed from, the day on which it was asked for included. ``members`` are people,
    the others numbers of sessions up to the month's end; ``late`` were reported after it.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.CASCADE, related_name="+"
    )
    month = models.CharField(_("月份"), max_length=7)
    basis = models.CharField(_("依据"), max_length=32)
    rule_set = models.ForeignKey(
        RuleSet,
        verbose_name=_("考核规则"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    standing = models.CharField(_("状态"), max_length=20, choices=Evaluation.Standing)
    sessions = models.PositiveIntegerField(_("计入的学习"))
    reported = models.PositiveIntegerField(_("已报送的学习"))
    members = models.PositiveIntegerField(_("成员人数"))
    awaits = models.BooleanField(_("只计已审核的学习"))
    submitted = models.PositiveIntegerField(_("已报送未审核"))
    returned = models.PositiveIntegerField(_("退回待改"))
    drafts = models.PositiveIntegerField(_("草稿"))
    late = models.PositiveIntegerField(_("截至日后才报送"))

    class Meta:
        verbose_name = _("封账预览")
        verbose_name_plural = _("封账预览")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "month"], name="month_preview_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"
