from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units.models.assignment import Assignment
from units.models.unit import Unit
from units.querysets import RoleProposalQuerySet


class RoleProposal(models.Model):
    """One person's proposal to grant or revoke a role, which another person decides.

    ``start_date`` is the first day with the role, or of a revocation the first without it.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("授予")
        REVOKE = "revoke", _("收回")

    class State(models.TextChoices):
        OPEN = "open", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        REFUSED = "refused", _("未同意")
        WITHDRAWN = "withdrawn", _("已撤回")

    kind = models.CharField(_("事项"), max_length=10, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("人员"),
        on_delete=models.PROTECT,
        related_name="role_proposals",
    )
    role = models.CharField(_("角色"), max_length=20, choices=Assignment.Role)
    unit = models.ForeignKey(
        Unit, verbose_name=_("范围单位"), on_delete=models.PROTECT, related_name="role_proposals"
    )
    start_date = models.DateField(_("生效日期"))
    end_date = models.DateField(_("失效日期"), null=True, blank=True)
    reason = models.CharField(_("事由"), max_length=200, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.OPEN)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提出人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    proposed_as = models.CharField(_("提出时的角色"), max_length=20, choices=Assignment.Role)
    proposed_at = models.DateTimeField(_("提出时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("确认人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    note = models.CharField(_("意见"), max_length=200, blank=True)

    objects = RoleProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("角色建议")
        verbose_name_plural = _("角色建议")
        ordering: ClassVar = ["-proposed_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "role", "unit"],
                condition=Q(state="open"),
                name="role_proposal_open_once",
            ),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gt=F("start_date")),
                name="role_proposal_term_not_empty",
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed")
                | Q(decided_by__isnull=False)
                & ~Q(decided_by=F("proposed_by"))
                & ~Q(decided_by=F("user")),
                name="role_proposal_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.get_kind_display()} {self.get_role_display()}"
