from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from units.models import Person, Unit


class UnitMonth(models.Model):
    """What one unit's counted sessions of one month add up to today.

    A convenience, never a truth: recomputed from the rows with every change of the unit, and by
    ``rebuild_facts``. ``half_days`` in half-days, the attendance columns in person-times.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.CASCADE, related_name="months"
    )
    month = models.CharField(_("月份"), max_length=7)
    sessions = models.PositiveIntegerField(_("集中学习次数"), default=0)
    discussions = models.PositiveIntegerField(_("集体研讨次数"), default=0)
    half_days = models.PositiveIntegerField(_("半天数"), default=0)
    due = models.PositiveIntegerField(_("应到人次"), default=0)
    excluded = models.PositiveIntegerField(_("不计人次"), default=0)
    present = models.PositiveIntegerField(_("实到人次"), default=0)
    made_up = models.PositiveIntegerField(_("补学人次"), default=0)

    class Meta:
        verbose_name = _("单位月度数据")
        verbose_name_plural = _("单位月度数据")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "month"], name="unit_month_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"


class PersonYear(models.Model):
    """What one person did in one year's counted sessions, today. See UnitMonth."""

    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.CASCADE, related_name="years"
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    due = models.PositiveIntegerField(_("应学次数"), default=0)
    excluded = models.PositiveIntegerField(_("不计次数"), default=0)
    present = models.PositiveIntegerField(_("实学次数"), default=0)
    made_up = models.PositiveIntegerField(_("补学次数"), default=0)
    key_speeches = models.PositiveIntegerField(_("重点发言次数"), default=0)
    reflections = models.PositiveIntegerField(_("心得体会篇数"), default=0)
    research = models.PositiveIntegerField(_("调研报告篇数"), default=0)

    class Meta:
        verbose_name = _("人员年度数据")
        verbose_name_plural = _("人员年度数据")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "year"], name="person_year_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"
