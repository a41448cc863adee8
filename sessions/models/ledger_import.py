from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from units.models import Unit


class LedgerImport(models.Model):
    """One taking in of a ledger by a unit, to which every session it made refers.

    ``at`` is when it really happened, whatever day the submissions are dated with: a session of an
    earlier year than that is a belated entry (补录). The workbook stands beside it as a piece of
    evidence (``source``), under the same word screen as every other file; ``edited_cells`` were
    put right on the page before, so that the sessions say otherwise than the workbook there.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="ledger_imports"
    )
    at = models.DateTimeField(_("导入时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("导入人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    edited_cells = models.PositiveIntegerField(_("导入前改动的格数"), default=0)

    class Meta:
        verbose_name = _("台账导入")
        verbose_name_plural = _("台账导入")
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{timezone.localdate(self.at)} {self.unit_id}"
