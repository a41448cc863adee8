from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.devices import device_name
from accounts.querysets import SignInQuerySet


class SignIn(models.Model):
    """One browser session of a user, from signing in until its end.

    The browser's session names this row, so ending the row ends the session wherever it runs.
    """

    class End(models.TextChoices):
        SIGNED_OUT = "signed_out", _("本人退出")
        NEWER = "newer", _("账号在别处登录")
        IDLE = "idle", _("长时间未操作")
        AGED = "aged", _("超过最长登录时间")
        EVERYWHERE = "everywhere", _("本人退出全部登录")
        PASSWORD = "password", _("修改密码")
        BY_ADMIN = "by_admin", _("由管理员结束")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("用户"),
        on_delete=models.CASCADE,
        related_name="sign_ins",
    )
    at = models.DateTimeField(_("登录时间"))
    seen_at = models.DateTimeField(_("最近操作时间"))
    idle_minutes = models.PositiveSmallIntegerField(_("无操作退出分钟数"))
    address = models.GenericIPAddressField(_("来源地址"), null=True, blank=True)
    device = models.CharField(_("浏览器"), max_length=200, blank=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    end = models.CharField(_("结束原因"), max_length=12, choices=End, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("登录")
        verbose_name_plural = _("登录")
        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["user", "ended_at"], name="sign_in_user_ended")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.user_id}"

    @property
    def device_name(self) -> str:
        return device_name(self.device)
