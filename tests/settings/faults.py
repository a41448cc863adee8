"""The portal's own settings with a Redis that loses patience, and jobs that take their time."""

from portal.settings import *  # noqa: F403
from portal.settings.celery import CELERY_BROKER_TRANSPORT_OPTIONS

CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"] = 2
CELERY_BROKER_TRANSPORT_OPTIONS["unacked_restore_interval"] = 1
CELERY_IMPORTS = ["tests.faults.slow"]
