from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.querysets import WaiverQuerySet
from units.models import Unit


class Waiver(models.Model):
    """Somebody with the right to do so excused a unit from one obligation.

    A revoked one stays on record with its reason and no longer excuses from anything.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="waivers"
    )
    rule = models.CharField(_("规则"), max_length=30)
    period = models.CharField(_("时段"), max_length=20)
    approver = models.CharField(_("批准人"), max_length=60)
    reason = models.TextField(_("理由"))
    document = models.CharField(_("依据文件"), max_length=200, blank=True)
    granted_on = models.DateField(_("批准日期"))
    revoked_on = models.DateField(_("撤销日期"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("撤销人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    revoke_reason = models.TextField(_("撤销理由"), blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("豁免")
        verbose_name_plural = _("豁免")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "rule", "period"],
                condition=Q(revoked_on__isnull=True),
                name="waiver_once",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | ~Q(revoke_reason=""),
                name="waiver_revoked_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.period}"
