from django.db import models
from django.utils.translation import gettext_lazy as _


class ClockReading(models.Model):
    """What a machine's clock showed when its planner last ran: one row for each start of one.

    ``zero`` is the moment, by that clock, at which the machine was started. While it runs, that
    moment cannot move: if it does, the clock was set.
    """

    boot = models.CharField(_("开机标识"), max_length=64, unique=True)
    zero = models.DateTimeField(_("推算的开机时间"))
    read_at = models.DateTimeField(_("读取时间"))

    class Meta:
        verbose_name = _("时钟读数")
        verbose_name_plural = _("时钟读数")

    def __str__(self) -> str:
        return f"{self.boot} {self.read_at:%Y-%m-%d %H:%M}"
