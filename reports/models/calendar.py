from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarDay(models.Model):
    """A day on which the county departs from the national working-day calendar."""

    date = models.DateField(_("日期"), unique=True)
    is_workday = models.BooleanField(_("工作日"))
    note = models.CharField(_("说明"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("工作日调整")
        verbose_name_plural = _("工作日调整")
        ordering: ClassVar = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.note}"


class CalendarYear(models.Model):
    """A year whose holidays the county declares to have entered in full (已录全).

    The national calendar does not know the year yet; from now on nothing warns of it. Taking the
    declaration back deletes the row; the trail keeps who said what.
    """

    year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    declared_at = models.DateTimeField(_("声明时间"))
    declared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("声明人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.CharField(_("说明"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("已录全的年度")
        verbose_name_plural = _("已录全的年度")
        ordering: ClassVar = ["year"]

    def __str__(self) -> str:
        return str(self.year)
