from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from units.models.unit import Unit
from units.querysets import PersonQuerySet


class Person(models.Model):
    """Somebody who sits, sat or will sit in one unit's group.

    Several roster entries of one person in one unit are one person; ``distinction`` tells two
    people of the same name apart (a post, a birth year), empty as long as the name is enough.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="people"
    )
    name = models.CharField(_("姓名"), max_length=60)
    distinction = models.CharField(_("同名区分"), max_length=60, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "name", "distinction"], name="person_once_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return self.name
