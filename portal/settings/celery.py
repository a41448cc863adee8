"""Celery: the broker only carries wake-up calls; truth is in the database.

With `REDIS_URL` the broker is Redis, without it a folder below `VAR_DIR` (embedded mode).
"""

from typing import Any

from celery.schedules import crontab
from kombu import Exchange, Queue

from portal.settings.backups import BACKUP_EVERY_MINUTES
from portal.settings.base import TIME_ZONE
from portal.settings.environment import VAR_DIR, env

REDIS_URL = env.str("REDIS_URL", default="")
QUEUE_DIR = VAR_DIR / "queue"

CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any]
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        # Longer than any task may run, else Redis hands a running task to a second worker.
        "visibility_timeout": 1800,
        # Without limits a hanging Redis holds whoever publishes for ever.
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
        # What a dead worker held is looked for every 10 s; kombu's own throttle makes that 100 s.
        "unacked_restore_interval": 10,
        "unacked_restore_throttle": 1,
    }
else:
    CELERY_BROKER_URL = "folder://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {"folder": str(QUEUE_DIR.absolute())}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

CELERY_TIMEZONE = TIME_ZONE
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 900  # prefork only: the embedded worker's threads cannot be cut short
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# A workbook somebody waits for stands in a row of its own: behind the mails of a province it
# would not begin for minutes. Workers take from both in turn.
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_QUEUES = [Queue(name, Exchange(name), routing_key=name) for name in ("celery", "jobs")]
CELERY_TASK_ROUTES = {
    f"reports.tasks.{name}": {"queue": "jobs"} for name in ("run_job", "run_chunks")
}
# Celery closes the database connection around every task otherwise, whatever CONN_MAX_AGE says.
CELERY_DB_REUSE_MAX = 1000

# How long a worker that says nothing keeps what it has taken up, and how often a job that dies
# with its worker is taken up at all.
JOB_LEASE_SECONDS = env.int("JOB_LEASE_SECONDS", default=60)
JOB_ATTEMPTS = env.int("JOB_ATTEMPTS", default=3)
# Work for more units than this is shared out among workers, so many units a chunk.
AT_ONCE_UNITS = env.int("AT_ONCE_UNITS", default=300)
CHUNK_UNITS = env.int("CHUNK_UNITS", default=150)
MAIL_LEASE_SECONDS = env.int("MAIL_LEASE_SECONDS", default=300)

# What is due is decided in the database; beat only wakes. A wake-up nobody took is worthless as
# soon as the next one comes, hence `expires`.
TICK_SECONDS = env.int("TICK_SECONDS", default=300)
SWEEP_SECONDS = env.int("SWEEP_SECONDS", default=60)
CELERY_BEAT_SCHEDULE: dict[str, Any] = {
    name: {"task": f"reports.tasks.{name}", "schedule": seconds, "options": {"expires": seconds}}
    for name, seconds in (("tick", TICK_SECONDS), ("sweep", SWEEP_SECONDS))
}
CELERY_BEAT_SCHEDULE["clean_sign_ins"] = {
    "task": "accounts.tasks.clean_sign_ins",
    "schedule": crontab(hour=3, minute=40),
    "options": {"expires": 3600},
}
CELERY_BEAT_SCHEDULE["clean_tokens"] = {
    "task": "units.tasks.clean_tokens",
    "schedule": crontab(hour=3, minute=45),
    "options": {"expires": 3600},
}
CELERY_BEAT_SCHEDULE["clean_exports"] = {
    "task": "reports.tasks.clean_exports",
    "schedule": crontab(hour=3, minute=50),
    "options": {"expires": 3600},
}
for room, name, minute in (
    ("accounts", "note_trail_head", 5),
    ("portal", "nightly_backup", 30),
    ("reports", "find_hints", 35),
    ("reports", "keep_standings", 10),
    ("sessions", "clean_uploads", 20),
    ("sessions", "release_stuck", 40),
    ("units", "clean_imports", 50),
    ("units", "forget_answers", 55),
):
    CELERY_BEAT_SCHEDULE[name] = {
        "task": f"{room}.tasks.{name}",
        "schedule": crontab(minute=minute),
        "options": {"expires": 3600},
    }
if BACKUP_EVERY_MINUTES:
    CELERY_BEAT_SCHEDULE["recent_backup"] = {
        "task": "portal.tasks.recent_backup",
        "schedule": BACKUP_EVERY_MINUTES * 60,
        "options": {"expires": BACKUP_EVERY_MINUTES * 60},
    }
# Through every queue, so that one without a worker shows.
for queue in CELERY_TASK_QUEUES:
    CELERY_BEAT_SCHEDULE[f"heartbeat_{queue.name}"] = {
        "task": "portal.tasks.heartbeat",
        "schedule": 60,
        "args": [queue.name],
        "options": {"expires": 60, "queue": queue.name},
    }
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR.absolute() / "beat-schedule")
