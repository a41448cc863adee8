from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units.models import Unit


class Closing(models.Model):
    """A month closed (封账) for a county: its evaluations are what is sent and printed.

    ``checksum`` covers every stored evaluation. Re-opening keeps the row, with a reason; a month
    has at most one closing that stands.
    """

    root = models.ForeignKey(
        Unit, verbose_name=_("范围单位"), on_delete=models.PROTECT, related_name="closings"
    )
    month = models.CharField(_("月份"), max_length=7)
    as_of = models.DateField(_("截至日期"))
    closed_at = models.DateTimeField(_("封账时间"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("封账人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    checksum = models.CharField(_("校验值"), max_length=64)
    reopened_at = models.DateTimeField(_("重新开放时间"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("重新开放人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reopen_reason = models.TextField(_("重新开放原因"), blank=True)

    class Meta:
        verbose_name = _("封账")
        verbose_name_plural = _("封账")
        ordering: ClassVar = ["month", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["root", "month"],
                condition=Q(reopened_at__isnull=True),
                name="closing_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | Q(reopen_reason__gt=""),
                name="closing_reopen_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.month
