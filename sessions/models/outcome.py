from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models.session import StudySession
from sessions.models.topic import Topic
from sessions.querysets import OutcomeQuerySet
from units.models import Unit


class Outcome(models.Model):
    """What study led to. Recorded, never scored: national rule locks its weight at 0."""

    class Kind(models.TextChoices):
        RESEARCH_TOPIC = "research_topic", _("课题")
        LEADERS_REMARK = "leaders_remark", _("领导批示")
        INTERNAL_REFERENCE = "internal_reference", _("内参")
        ARTICLE = "article", _("理论文章")
        AWARD = "award", _("获奖")
        MEASURE = "measure", _("转化举措")
        SITE_MEETING = "site_meeting", _("现场会")
        EXTERNAL_RESULT = "external_result", _("外部考核评价结果")

    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="outcomes"
    )
    kind = models.CharField(_("类型"), max_length=20, choices=Kind)
    title = models.CharField(_("成果名称"), max_length=200)
    date = models.DateField(_("时间"))
    authors = models.CharField(_("完成人"), max_length=200, blank=True)
    level = models.CharField(_("级别"), max_length=10, choices=Topic.Level, blank=True)
    # Of a remark: by a principal leader (主要领导). Told in reports, never scored.
    by_principal = models.BooleanField(_("主要领导批示"), default=False, db_default=False)
    outlet = models.CharField(_("载体（文号）"), max_length=200, blank=True)
    conversion = models.CharField(_("转化去向"), max_length=200, blank=True)
    session = models.ForeignKey(
        StudySession,
        verbose_name=_("关联学习"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="outcomes",
    )

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("学习成果")
        verbose_name_plural = _("学习成果")
        ordering: ClassVar = ["date", "id"]

    def __str__(self) -> str:
        return self.title
