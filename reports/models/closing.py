from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reports.models.long_json import LongJSONField
from reports.querysets import ClosingQuerySet
from units.models import Assignment, Unit


class SealedManager(models.Manager["Closing"]):
    """Closings that hold, whether or not they were opened again."""

    def get_queryset(self) -> ClosingQuerySet:
        """All that have their checksum."""
        return ClosingQuerySet(self.model, using=self._db).exclude(checksum="")

    def visible_to(self, assignment: Assignment) -> ClosingQuerySet:
        """See ClosingQuerySet."""
        return self.get_queryset().visible_to(assignment)

    def standing(self) -> ClosingQuerySet:
        """See ClosingQuerySet."""
        return self.get_queryset().standing()


class Closing(models.Model):
    """A month closed (封账) for a county: its evaluations are what is sent and printed.

    ``basis`` holds what all units share: the working calendar and the required topics of the
    year. ``checksum`` covers it, every stored evaluation and every closed unit. Re-opening keeps
    the row, with a reason; a month has at most one closing that stands.

    A closing holds once it has its checksum. One that is still being stored has none, and only
    whoever stores it sees it, by ``every``.
    """

    root = models.ForeignKey(
        Unit, verbose_name=_("范围单位"), on_delete=models.PROTECT, related_name="closings"
    )
    month = models.CharField(_("月份"), max_length=7)
    as_of = models.DateField(_("截至日期"))
    closed_at = models.DateTimeField(_("封账时间"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("封账人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    basis = models.JSONField(_("共同口径"), default=dict)
    checksum = models.CharField(_("校验值"), max_length=64)
    reopened_at = models.DateTimeField(_("重新开放时间"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("重新开放人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reopen_reason = models.TextField(_("重新开放原因"), blank=True)

    objects = SealedManager()
    every = ClosingQuerySet.as_manager()

    class Meta:
        verbose_name = _("封账")
        verbose_name_plural = _("封账")
        ordering: ClassVar = ["month", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["root", "month"],
                condition=Q(reopened_at__isnull=True),
                name="closing_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True) | Q(reopen_reason__gt=""),
                name="closing_reopen_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.month


class ClosedUnit(models.Model):
    """A unit as it was called, ranked and recorded when its month was closed. Never changes.

    Every unit below the closing's root has one; those that owed nothing have empty records.
    The lists hold the rows of the workbook's sheets by the names of their fields, ``mail`` the
    finished values of the monthly mail. ``attendance`` is null in months closed before it was
    kept. ``checksum`` covers the whole row.
    """

    closing = models.ForeignKey(
        Closing, verbose_name=_("封账"), on_delete=models.PROTECT, related_name="units"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveIntegerField(_("次序"))
    path = models.CharField(_("路径"), max_length=200)
    name = models.CharField(_("全称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=100)
    category = models.CharField(_("单位类别"), max_length=100)
    established_on = models.DateField(_("成立日期"), null=True, blank=True)
    abolished_on = models.DateField(_("撤销日期"), null=True, blank=True)
    held = LongJSONField(_("各月各季情况"), default=dict)
    sessions = LongJSONField(_("学习台账"), default=list)
    members = LongJSONField(_("成员学习情况"), default=list)
    attendance = LongJSONField(_("出勤明细"), null=True)
    mail = LongJSONField(_("月度邮件内容"), default=dict)
    checksum = models.CharField(_("校验值"), max_length=64)

    class Meta:
        verbose_name = _("封账单位")
        verbose_name_plural = _("封账单位")
        ordering: ClassVar = ["closing", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["closing", "unit"], name="closed_unit_once"),
            models.UniqueConstraint(fields=["closing", "position"], name="closed_unit_position"),
        ]

    def __str__(self) -> str:
        return f"{self.closing_id} {self.short_name}"


class Reopening(models.Model):
    """A request to open a closed month again: one administrator asks, another one decides.

    A closing has at most one that is undecided; whoever asked may only take it back.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("待确认")
        CONFIRMED = "confirmed", _("已确认")
        REFUSED = "refused", _("未同意")
        WITHDRAWN = "withdrawn", _("已撤回")

    closing = models.ForeignKey(
        Closing, verbose_name=_("封账"), on_delete=models.PROTECT, related_name="reopenings"
    )
    reason = models.TextField(_("原因"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(_("申请时间"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("申请人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("办理时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("办理人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("重新开放申请")
        verbose_name_plural = _("重新开放申请")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["closing"], condition=Q(state="asked"), name="reopening_one_undecided"
            ),
            models.CheckConstraint(condition=Q(reason__gt=""), name="reopening_has_reason"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"]) | ~Q(decided_by=F("asked_by")),
                name="reopening_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="asked") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="reopening_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closing_id} {self.get_state_display()}"
