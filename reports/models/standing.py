from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.evaluation import Evaluation
from reports.models.rule_set import RuleSet
from units.models import Unit


class UnitChange(models.Model):
    """A word that is another one after each change of a unit's records or roster."""

    unit = models.OneToOneField(
        Unit,
        verbose_name=_("单位"),
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="change",
    )
    token = models.CharField(_("变动标记"), max_length=32)

    class Meta:
        verbose_name = _("单位变动")
        verbose_name_plural = _("单位变动")

    def __str__(self) -> str:
        return f"{self.unit_id} {self.token}"


class UnitStanding(models.Model):
    """The gist of a unit's evaluation of one year, as it was at the day it was last asked for.

    A convenience, never a truth: it holds as long as ``basis`` is the digest of all it followed
    from, the day included; see ``reports.standings``. ``months``, ``quarters`` and ``outcomes``
    are letters of outcomes, ``by_month`` figures and ``open`` results as JSON text, which is read
    only for the units that are shown.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.CASCADE, related_name="standings"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
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
    months = models.CharField(_("各月结果"), max_length=12)
    quarters = models.CharField(_("各季结果"), max_length=4)
    outcomes = models.CharField(_("出现的结果"), max_length=10)
    by_month = models.TextField(_("各月数据"))
    open = models.TextField(_("未达标和预警事项"))

    class Meta:
        verbose_name = _("单位当前情况")
        verbose_name_plural = _("单位当前情况")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "year"], name="unit_standing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year} {self.standing}"
