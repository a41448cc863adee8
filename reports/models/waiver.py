from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from units.models import Unit


class Waiver(models.Model):
    """Somebody with the right to do so excused a unit from one obligation."""

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="waivers"
    )
    rule = models.CharField(_("规则"), max_length=30)
    period = models.CharField(_("时段"), max_length=20)
    approver = models.CharField(_("批准人"), max_length=60)
    reason = models.TextField(_("理由"))
    document = models.CharField(_("依据文件"), max_length=200, blank=True)
    granted_on = models.DateField(_("批准日期"))

    class Meta:
        verbose_name = _("豁免")
        verbose_name_plural = _("豁免")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "rule", "period"], name="waiver_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.period}"
