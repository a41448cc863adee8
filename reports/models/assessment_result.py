from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models.assessment_scheme import AssessmentScheme
from reports.models.assessment_sheet import AssessmentSheet
from reports.models.closing import Closing


class AssessmentPublication(models.Model):
    """The results of a scheme as they were published. Never changes; it may be withdrawn.

    ``said`` is the scheme as it was; ``checksum`` covers it, the basis and every result. A scheme
    has at most one publication that stands.
    """

    scheme = models.ForeignKey(
        AssessmentScheme,
        verbose_name=_("考评方案"),
        on_delete=models.PROTECT,
        related_name="publications",
    )
    said = models.JSONField(_("方案内容"))
    basis = models.CharField(_("核算口径"), max_length=200)
    closing = models.ForeignKey(
        Closing,
        verbose_name=_("依据的封账"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_at = models.DateTimeField(_("公布时间"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("公布人"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    checksum = models.CharField(_("校验值"), max_length=64)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("撤回人"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    withdraw_reason = models.CharField(_("撤回理由"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("考评结果公布")
        verbose_name_plural = _("考评结果公布")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme"],
                condition=Q(withdrawn_at__isnull=True),
                name="assessment_result_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdraw_reason=""),
                name="assessment_result_back_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme_id} {self.pk}"


class AssessmentResult(models.Model):
    """One unit's published result, called and ranked in official order as on that day.

    ``possible`` are the points that could be reached, ``lines`` the items with their scores as
    texts of exact decimals.
    """

    publication = models.ForeignKey(
        AssessmentPublication,
        verbose_name=_("公布"),
        on_delete=models.PROTECT,
        related_name="results",
    )
    sheet = models.ForeignKey(
        AssessmentSheet, verbose_name=_("考评表"), on_delete=models.PROTECT, related_name="results"
    )
    position = models.PositiveIntegerField(_("次序"))
    unit_name = models.CharField(_("单位"), max_length=100)
    category = models.CharField(_("单位类别"), max_length=100)
    possible = models.DecimalField(_("应得分"), max_digits=8, decimal_places=2)
    score = models.DecimalField(_("得分"), max_digits=8, decimal_places=2)
    self_score = models.DecimalField(
        _("自查评分"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    grade = models.CharField(_("等次"), max_length=20, blank=True)
    lines = models.JSONField(_("各项得分"))
    checksum = models.CharField(_("校验值"), max_length=64)

    class Meta:
        verbose_name = _("考评结果")
        verbose_name_plural = _("考评结果")
        ordering: ClassVar = ["publication", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["publication", "sheet"], name="assessment_result_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name} {self.score}"
