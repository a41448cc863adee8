from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models.closing import Closing
from reports.querysets import DeliveryQuerySet, MailRunQuerySet, MailScheduleQuerySet
from units.models import Unit


class MailKind(models.TextChoices):
    MONTHLY_UNIT = "monthly_unit", _("月度提示（单位）")
    MONTHLY_DEPARTMENT = "monthly_department", _("月度汇总（宣传部）")
    REMINDER = "reminder", _("月中提醒")


class MailSchedule(models.Model):
    """When a kind of run is due: from ``hour`` o'clock of the month's N-th working day.

    The monthly run speaks of the month before, the reminder run of the month itself. Nothing is
    sent for a period before ``first_period``, the month the county went live.
    """

    class Run(models.TextChoices):
        MONTHLY = "monthly", _("月度")
        REMINDER = "reminder", _("月中提醒")

    root = models.ForeignKey(
        Unit, verbose_name=_("范围单位"), on_delete=models.CASCADE, related_name="mail_schedules"
    )
    run = models.CharField(_("类别"), max_length=20, choices=Run)
    enabled = models.BooleanField(_("启用"), default=True)
    workday = models.PositiveSmallIntegerField(_("第几个工作日"), default=3)
    hour = models.PositiveSmallIntegerField(_("时"), default=9)
    first_period = models.CharField(_("起始月份"), max_length=7)
    version = models.PositiveIntegerField(_("版本"), default=1)

    objects = MailScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("邮件计划")
        verbose_name_plural = _("邮件计划")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "run"], name="mail_schedule_once"),
            models.CheckConstraint(
                condition=Q(workday__gte=1, hour__lt=24), name="mail_schedule_sane"
            ),
        ]

    def __str__(self) -> str:
        return self.get_run_display()


class MailRun(models.Model):
    """One run that took place: for a period there is at most one of each kind and county.

    ``as_of`` fixes what its mails say; ``late`` marks a run made good more than a day after.
    ``unreached`` are units it would have written to: they are, once they have an address.
    """

    root = models.ForeignKey(
        Unit, verbose_name=_("范围单位"), on_delete=models.PROTECT, related_name="mail_runs"
    )
    run = models.CharField(_("类别"), max_length=20, choices=MailSchedule.Run)
    period = models.CharField(_("时段"), max_length=7)
    as_of = models.DateField(_("截至日期"))
    closing = models.ForeignKey(
        Closing,
        verbose_name=_("封账"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mail_runs",
    )
    late = models.BooleanField(_("补发"), default=False)
    planned_at = models.DateTimeField(_("建立时间"))
    unreached = models.ManyToManyField(
        Unit, verbose_name=_("无邮箱的单位"), blank=True, related_name="+"
    )

    objects = MailRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("邮件批次")
        verbose_name_plural = _("邮件批次")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["root", "run", "period"], name="mail_run_once"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.get_run_display()}"


class Delivery(models.Model):
    """One mail to one recipient, from queued to its end.

    ``sending`` is committed immediately before the message goes out; who dies there leaves
    *unknown*, which only a person re-sends. ``message_id`` never changes over attempts.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("待发")
        SENDING = "sending", _("发送中")
        SENT = "sent", _("已发")
        BOUNCED = "bounced", _("退回")
        RETRY = "retry", _("待重试")
        UNKNOWN = "unknown", _("状态不明")
        HELD = "held", _("暂缓")

    kind = models.CharField(_("类别"), max_length=20, choices=MailKind)
    period = models.CharField(_("时段"), max_length=7)
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="deliveries"
    )
    recipient = models.EmailField(_("收件人"))
    run = models.ForeignKey(
        MailRun, verbose_name=_("批次"), on_delete=models.PROTECT, related_name="deliveries"
    )
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.QUEUED)
    message_id = models.CharField(_("邮件标识"), max_length=120, unique=True)
    attempts = models.PositiveSmallIntegerField(_("尝试次数"), default=0)
    next_try_at = models.DateTimeField(_("下次尝试"), null=True, blank=True)
    lease_token = models.CharField(_("持有标识"), max_length=40, blank=True)
    lease_until = models.DateTimeField(_("持有至"), null=True, blank=True)
    queued_at = models.DateTimeField(_("排队时间"))
    sent_at = models.DateTimeField(_("发出时间"), null=True, blank=True)
    server_words = models.TextField(_("服务器答复"), blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("邮件")
        verbose_name_plural = _("邮件")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "period", "unit", "recipient"], name="delivery_once"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "next_try_at"], name="delivery_state_next"),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.recipient} {self.get_state_display()}"
