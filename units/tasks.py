"""Celery's side of the units: thin, and safe to run twice."""

from celery import shared_task
from django.utils import timezone

from units.imports.wizard.uploads import KEPT_FOR, tidy
from units.rest.replaying import forget_answers as forget_kept
from units.tokens import services as tokens


@shared_task(name="units.tasks.clean_imports")
def clean_imports() -> None:
    """Every hour: workbooks uploaded for an import that nobody finished hold names."""
    tidy(before=timezone.now() - KEPT_FOR)


@shared_task(name="units.tasks.clean_tokens")
def clean_tokens() -> None:
    """Once a day."""
    tokens.forget_dead(before=timezone.now() - tokens.KEPT)


@shared_task(name="units.tasks.forget_answers")
def forget_answers() -> None:
    """Every hour: answers kept for repeated requests are what somebody was shown."""
    forget_kept(now=timezone.now())
