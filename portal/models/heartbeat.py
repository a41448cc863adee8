from django.db import models
from django.utils.translation import gettext_lazy as _


class Heartbeat(models.Model):
    """When something that must happen again and again last did: a task, a worker at its queue.

    ``since`` is when it was first heard of. ``words`` name the machine of the last success;
    ``trouble`` is the kind of the error of the last failure.
    """

    name = models.CharField(_("名称"), max_length=80, unique=True)
    since = models.DateTimeField(_("首次记录"))
    at = models.DateTimeField(_("最近成功"), null=True, blank=True)
    failed_at = models.DateTimeField(_("最近失败"), null=True, blank=True)
    words = models.CharField(_("所在机器"), max_length=120, blank=True)
    trouble = models.CharField(_("失败原因"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("运行心跳")
        verbose_name_plural = _("运行心跳")

    def __str__(self) -> str:
        return self.name
