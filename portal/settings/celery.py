"""Celery: the broker only carries wake-up calls; truth is in the database."""

from portal.settings.base import TIME_ZONE

CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 900
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Celery closes the database connection around every task otherwise, whatever CONN_MAX_AGE says.
CELERY_DB_REUSE_MAX = 1000
