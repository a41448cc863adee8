"""The portal's own settings, plus tasks the tests can watch in a real worker process."""

from portal.settings import *  # noqa: F403

CELERY_IMPORTS = ["tests.portal.embedded.probes"]
