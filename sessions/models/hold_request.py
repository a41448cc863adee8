from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sessions.models.evidence import Evidence


class HoldRequest(models.Model):
    """What one person asks to become of a held file, and what another made of it.

    It happens only when somebody else agrees; whoever asked may take it back alone.
    """

    class Wish(models.TextChoices):
        RELEASE = "release", _("解除暂扣")
        DESTROY = "destroy", _("销毁")

    evidence = models.ForeignKey(
        Evidence,
        verbose_name=_("暂扣文件"),
        on_delete=models.PROTECT,
        related_name="hold_requests",
    )
    wish = models.CharField(_("处理意见"), max_length=10, choices=Wish)
    reason = models.TextField(_("理由"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("提出人"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("提出时间"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("复核人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    is_agreed = models.BooleanField(_("同意"), null=True, blank=True)

    class Meta:
        verbose_name = _("暂扣文件处理")
        verbose_name_plural = _("暂扣文件处理")
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["evidence"],
                condition=Q(decided_at__isnull=True),
                name="hold_request_one_open",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, is_agreed=None)
                | Q(decided_at__isnull=False, decided_by__isnull=False, is_agreed__isnull=False),
                name="hold_request_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_agreed__isnull=True)
                | Q(is_agreed=False)
                | ~Q(decided_by=F("asked_by")),
                name="hold_request_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evidence_id} {self.get_wish_display()}"
