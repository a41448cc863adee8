from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Happening(models.Model):
    """What happened to something that several people deal with step by step. Append-only.

    Whoever inherits adds the thing itself and the ``kind`` of what happened to it.
    """

    at = models.DateTimeField(_("时间"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("经办人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    note = models.TextField(_("说明"), blank=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["at", "id"]
