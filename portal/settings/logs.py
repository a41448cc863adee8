"""What is logged, how, and how long it is kept.

Every process writes to its standard error; whoever runs it (systemd, Docker) keeps the lines.
"""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import PRODUCTION
from portal.settings.environment import env

LOG_FORMAT = env.str("LOG_FORMAT", default="json" if PRODUCTION else "text")
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO" if PRODUCTION else "WARNING").upper()
# Who tried to come in, and when: six months at least (Cybersecurity Law, article 23), which may be
# 184 days. The audit trail is never deleted.
LOG_KEEP_DAYS = env.int("LOG_KEEP_DAYS", default=400)

_FORMATTERS = {"json": "portal.logs.formatters.JsonLine", "text": "portal.logs.formatters.TextLine"}
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
if LOG_FORMAT not in _FORMATTERS:
    raise ImproperlyConfigured(f"LOG_FORMAT 只能是 json 或 text，现为 {LOG_FORMAT!r}。")
if LOG_LEVEL not in _LEVELS:
    raise ImproperlyConfigured(f"LOG_LEVEL 只能是 {'、'.join(_LEVELS)}，现为 {LOG_LEVEL!r}。")

_PASS_ON: dict[str, Any] = {"handlers": [], "propagate": True, "level": "NOTSET"}
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": _FORMATTERS[LOG_FORMAT]}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django would mail errors with all their values, and print others in its own words.
        "django": _PASS_ON,
        # A refusal is told by the request's own line, without its address.
        "django.request": {**_PASS_ON, "level": "ERROR"},
        "django.server": {**_PASS_ON, "level": "ERROR"},
        # At DEBUG these tell statements with all that is asked and written.
        "django.db.backends": {**_PASS_ON, "level": "INFO"},
        "gunicorn.error": _PASS_ON,
        "gunicorn.access": {"handlers": [], "propagate": False},
        # Each call is told once, as it ends; not as it is sent and as it is taken, too.
        "celery.beat": {**_PASS_ON, "level": "WARNING"},
        "celery.worker.strategy": {**_PASS_ON, "level": "WARNING"},
    },
}
