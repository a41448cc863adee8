"""Celery's side of the records: thin, and safe to run twice."""

from celery import shared_task
from django.utils import timezone

from sessions.evidence.cleaning import LEFT_ALONE, MOST, clean
from sessions.reviews import stuck


@shared_task(name="sessions.tasks.clean_uploads")
def clean_uploads() -> None:
    """Every hour."""
    clean(before=timezone.now() - LEFT_ALONE, most=MOST)


@shared_task(name="sessions.tasks.release_stuck")
def release_stuck() -> None:
    """Every hour."""
    stuck.release_stuck(at=timezone.now())
