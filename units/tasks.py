"""Celery's side of the units: thin, and safe to run twice."""

from celery import shared_task
from django.utils import timezone

from units.imports.wizard.uploads import KEPT_FOR, tidy


@shared_task(name="units.tasks.clean_imports")
def clean_imports() -> None:
    """Every hour: workbooks uploaded for an import that nobody finished hold names."""
    tidy(before=timezone.now() - KEPT_FOR)
