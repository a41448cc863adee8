from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from sessions.models.session import StudySession
from units.models import RosterEntry


class Speech(models.Model):
    """What somebody present said: a prepared key speech or an exchange of views."""

    class Kind(models.TextChoices):
        KEY = "key", _("重点发言")
        EXCHANGE = "exchange", _("交流发言")

    session = models.ForeignKey(
        StudySession, verbose_name=_("集中学习"), on_delete=models.CASCADE, related_name="speeches"
    )
    member = models.ForeignKey(
        RosterEntry, verbose_name=_("发言人"), on_delete=models.PROTECT, related_name="speeches"
    )
    kind = models.CharField(_("类别"), max_length=10, choices=Kind)
    title = models.CharField(_("题目"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("发言")
        verbose_name_plural = _("发言")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session", "member", "kind", "title"], name="speech_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()
