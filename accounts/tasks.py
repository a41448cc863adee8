"""Celery's side of the accounts: thin, and safe to run twice."""

from celery import shared_task
from django.utils import timezone

from accounts.cleaning import clean
from accounts.heads import note_head


@shared_task(name="accounts.tasks.clean_sign_ins")
def clean_sign_ins() -> None:
    """Once a day."""
    clean(now=timezone.now())


@shared_task(name="accounts.tasks.note_trail_head")
def note_trail_head() -> None:
    """Every hour."""
    note_head(at=timezone.now())
