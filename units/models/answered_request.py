from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AnsweredRequest(models.Model):
    """A writing request that came with an Idempotency-Key, and the answer it got.

    Made before the work, completed in the work's own transaction: a row without an answer means
    that nothing was written, or not yet. ``taken_at`` tells which of the two.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("用户"), on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField(_("请求标识"), max_length=200)
    fingerprint = models.CharField(_("请求摘要"), max_length=64)
    taken_at = models.DateTimeField(_("受理时间"))
    status = models.PositiveSmallIntegerField(_("状态码"), null=True, blank=True)
    headers = models.JSONField(_("响应头"), default=dict, blank=True)
    body = models.JSONField(_("响应内容"), null=True, blank=True)

    class Meta:
        verbose_name = _("已办理的请求")
        verbose_name_plural = _("已办理的请求")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "key"], name="answered_request_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["taken_at"], name="answered_request_taken")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"
