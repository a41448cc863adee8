from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """A kind of unit that is held to the same rules: townships, bureaus, research offices."""

    code = models.SlugField(_("编码"), max_length=30, unique=True)
    name = models.CharField(_("名称"), max_length=60, unique=True)
    rank_order = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("单位类别")
        verbose_name_plural = _("单位类别")
        ordering: ClassVar = ["rank_order", "code"]

    def __str__(self) -> str:
        return self.name
