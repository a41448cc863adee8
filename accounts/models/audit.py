from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """One line of the audit trail: who did what to which object, when, from where.

    Append-only. ``digest`` covers the line and the digest before it, so that a changed or missing
    line shows. Objects are named by type and id, units by code, because the trail stands below
    all other rooms and must outlive what it speaks of.
    """

    class Result(models.TextChoices):
        DONE = "done", _("成功")
        DENIED = "denied", _("拒绝")
        FAILED = "failed", _("失败")

    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("操作人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="audit_events",
    )
    role = models.CharField(_("角色"), max_length=30, blank=True)
    unit_code = models.CharField(_("单位编码"), max_length=30, blank=True)
    address = models.GenericIPAddressField(_("来源地址"), null=True, blank=True)
    action = models.CharField(_("操作"), max_length=60)
    object_type = models.CharField(_("对象类型"), max_length=60, blank=True)
    object_id = models.CharField(_("对象编号"), max_length=60, blank=True)
    before = models.JSONField(_("变更前"), default=dict, blank=True)
    after = models.JSONField(_("变更后"), default=dict, blank=True)
    result = models.CharField(_("结果"), max_length=10, choices=Result, default=Result.DONE)
    request_id = models.CharField(_("请求编号"), max_length=40, blank=True)
    previous_digest = models.CharField(_("上一条校验值"), max_length=64, blank=True)
    digest = models.CharField(_("校验值"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("审计记录")
        verbose_name_plural = _("审计记录")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["action", "at"], name="audit_action_at"),
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
            # The page of the trail shows the newest lines first, under each of its filters.
            models.Index(fields=["at"], name="audit_at"),
            models.Index(fields=["actor", "at"], name="audit_actor_at"),
            models.Index(fields=["unit_code", "at"], name="audit_unit_at"),
            models.Index(fields=["result", "at"], name="audit_result_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"
