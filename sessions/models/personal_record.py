from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models.session import StudySession
from sessions.querysets import PersonalRecordQuerySet
from units.models import Person


class PersonalRecord(models.Model):
    """What one member wrote or studied alone."""

    class Kind(models.TextChoices):
        REFLECTION = "reflection", _("心得体会")
        RESEARCH = "research", _("调研报告")
        SELF_STUDY = "self_study", _("个人自学")

    person = models.ForeignKey(
        Person, verbose_name=_("人员"), on_delete=models.PROTECT, related_name="records"
    )
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    date = models.DateField(_("日期"))
    title = models.CharField(_("题目"), max_length=200)
    session = models.ForeignKey(
        StudySession,
        verbose_name=_("关联学习"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="personal_records",
    )

    objects = PersonalRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("个人学习成果")
        verbose_name_plural = _("个人学习成果")
        ordering: ClassVar = ["date", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "kind", "date", "title"], name="personal_record_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title
