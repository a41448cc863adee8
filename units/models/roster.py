from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units.models.person import Person
from units.querysets import RosterQuerySet


class RosterEntry(models.Model):
    """A person's term in the group: half-open, the day it ends is no longer part of it."""

    class Role(models.TextChoices):
        LEADER = "leader", _("组长")
        DEPUTY = "deputy", _("副组长")
        MEMBER = "member", _("成员")
        SECRETARY = "secretary", _("学习秘书")

    DUE_ROLES = (Role.LEADER, Role.DEPUTY, Role.MEMBER)

    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="entries"
    )
    post = models.CharField(_("职务"), max_length=100, blank=True)
    portfolio = models.CharField(
        _("分管工作"), max_length=200, blank=True, default="", db_default=""
    )
    role = models.CharField(_("中心组职务"), max_length=10, choices=Role)
    rank_order = models.PositiveIntegerField(_("排序"), default=0)
    start_date = models.DateField(_("任职起"))
    end_date = models.DateField(_("任职止"), null=True, blank=True)
    appointment_no = models.CharField(_("任免文号"), max_length=60, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = _("名册条目")
        verbose_name_plural = _("名册条目")
        ordering: ClassVar = ["rank_order", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gt=F("start_date")),
                name="roster_term_not_empty",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "start_date"], name="roster_entry_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.get_role_display()}"
