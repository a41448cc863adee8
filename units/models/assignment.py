from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units.models.unit import Unit
from units.querysets import AssignmentQuerySet


class Assignment(models.Model):
    """A user's role in a unit and everything below it, from a date until a date."""

    class Role(models.TextChoices):
        CLERK = "clerk", _("填报员")
        APPROVER = "approver", _("单位审核领导")
        AUDITOR = "auditor", _("宣传部审核员")
        DEPARTMENT_ADMIN = "department_admin", _("宣传部管理员")
        COUNTY_LEADER = "county_leader", _("县领导")
        SYSTEM_ADMIN = "system_admin", _("系统管理员")
        SECURITY_ADMIN = "security_admin", _("安全管理员")
        SECURITY_AUDITOR = "security_auditor", _("安全审计员")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("用户"),
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    role = models.CharField(_("角色"), max_length=20, choices=Role)
    unit = models.ForeignKey(
        Unit, verbose_name=_("范围单位"), on_delete=models.PROTECT, related_name="assignments"
    )
    start_date = models.DateField(_("生效日期"))
    end_date = models.DateField(_("失效日期"), null=True, blank=True)

    # Roles that reach the unit alone, and those that reach everything below it too. Together they
    # are who sees what units studied; the three administrators never do.
    UNIT_ROLES: ClassVar = frozenset({Role.CLERK, Role.APPROVER})
    SUBTREE_ROLES: ClassVar = frozenset({Role.AUDITOR, Role.DEPARTMENT_ADMIN, Role.COUNTY_LEADER})

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("角色任命")
        verbose_name_plural = _("角色任命")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gt=F("start_date")),
                name="assignment_term_not_empty",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "unit", "start_date"], name="assignment_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.get_role_display()}"

    @property
    def covers_subtree(self) -> bool:
        return self.role in self.SUBTREE_ROLES

    @property
    def sees_study(self) -> bool:
        return self.role in self.UNIT_ROLES | self.SUBTREE_ROLES
