"""Settings, read from the environment (12-factor; a `.env` beside manage.py is read if present).

Without any variable the portal runs embedded: SQLite, a file queue and an outbox folder, all
under `var/`. `DATABASE_URL`, `REDIS_URL` and `EMAIL_URL` put PostgreSQL, Redis and SMTP in their
place; the code path stays the same.
"""

from portal.settings.backups import *  # noqa: F403
from portal.settings.base import *  # noqa: F403  Django reads settings from this module's names
from portal.settings.celery import *  # noqa: F403
from portal.settings.email import *  # noqa: F403
from portal.settings.environment import *  # noqa: F403
from portal.settings.logs import *  # noqa: F403
from portal.settings.operation import *  # noqa: F403
from portal.settings.rest import *  # noqa: F403
from portal.settings.security import *  # noqa: F403
from portal.settings.uploads import *  # noqa: F403
