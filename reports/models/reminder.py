from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.delivery import Delivery
from units.models import Unit


class Reminder(models.Model):
    """An obligation a unit was reminded of: once for each rule and period, never again."""

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="reminders"
    )
    rule = models.CharField(_("规则"), max_length=30)
    period = models.CharField(_("时段"), max_length=20)
    delivery = models.ForeignKey(
        Delivery, verbose_name=_("邮件"), on_delete=models.CASCADE, related_name="reminders"
    )

    class Meta:
        verbose_name = _("提醒")
        verbose_name_plural = _("提醒")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "rule", "period"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.period}"
