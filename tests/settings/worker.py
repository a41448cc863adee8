"""The portal's own settings, plus tasks the tests can watch in a real worker process."""

from portal.settings import *  # noqa: F403
from portal.settings import VAR_DIR
from portal.settings.celery import CELERY_BEAT_SCHEDULE

CELERY_IMPORTS = ["tests.portal.embedded.probes"]
CELERY_BEAT_SCHEDULE["probe"] = {
    "task": "probes.note",
    "schedule": 1,
    "args": [str(VAR_DIR / "ticks"), "tick"],
}
