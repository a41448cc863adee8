"""Celery's side of the accounts: thin, and safe to run twice."""

from celery import shared_task
from django.utils import timezone

from accounts.cleaning import clean


@shared_task(name="accounts.tasks.clean_sign_ins")
def clean_sign_ins() -> None:
    """Once a day."""
    clean(now=timezone.now())
