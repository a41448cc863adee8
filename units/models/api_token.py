from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units.models.assignment import Assignment
from units.querysets import ApiTokenQuerySet


class ApiToken(models.Model):
    """A key by which another system acts in exactly one role of one person, without a browser.

    Only the digest of its secret is stored; ``last_characters`` let the owner tell two apart. A
    role that is deleted because it never began takes its tokens along.
    """

    class Scope(models.TextChoices):
        READ = "read", _("只读")
        WRITE = "write", _("读写")

    assignment = models.ForeignKey(
        Assignment, verbose_name=_("角色"), on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(_("用途"), max_length=60)
    scope = models.CharField(_("权限"), max_length=5, choices=Scope)
    digest = models.CharField(_("令牌摘要"), max_length=64, unique=True)
    last_characters = models.CharField(_("末四位"), max_length=4)
    created_at = models.DateTimeField(_("建立时间"))
    expires_at = models.DateTimeField(_("到期时间"))
    last_used_at = models.DateTimeField(_("最近使用"), null=True, blank=True)
    last_address = models.GenericIPAddressField(_("最近来源地址"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")
        ordering: ClassVar = ["-created_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at"))
                & Q(expires_at__lte=F("created_at") + timedelta(days=366)),
                name="api_token_at_most_a_year",
            ),
            models.CheckConstraint(
                condition=Q(scope__in=["read", "write"]), name="api_token_scope_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} …{self.last_characters}"

    @property
    def may_write(self) -> bool:
        """The three administrators change things in the browser only, whatever the row says."""
        return self.scope == self.Scope.WRITE and self.assignment.sees_study
