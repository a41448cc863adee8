from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

# A name that has always been in force starts here.
ALWAYS = date(1900, 1, 1)


class UnitName(models.Model):
    """What a unit is called from a date on; old records show the name of their day."""

    unit = models.ForeignKey(
        "units.Unit", verbose_name=_("单位"), on_delete=models.CASCADE, related_name="names"
    )
    name = models.CharField(_("全称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=40)
    valid_from = models.DateField(_("启用日期"), default=ALWAYS)

    class Meta:
        verbose_name = _("单位名称")
        verbose_name_plural = _("单位名称")
        ordering: ClassVar = ["unit", "valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_name_one_a_day"),
        ]

    def __str__(self) -> str:
        return self.name
