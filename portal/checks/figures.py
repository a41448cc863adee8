"""Figures with which the clockwork would stand still, run hot or hold people up."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

BOUNDS = {
    "EMAIL_TIMEOUT": (1, 120),  # seconds; 0 would never wait for an answer
    "MAIL_LEASE_SECONDS": (60, 3600),
    "JOB_LEASE_SECONDS": (10, 600),
    "JOB_ATTEMPTS": (1, 10),
    "AT_ONCE_UNITS": (1, 100_000),
    "CHUNK_UNITS": (1, 2000),
    "TICK_SECONDS": (10, 3600),
    "SWEEP_SECONDS": (5, 600),
    "EXPORT_KEEP_DAYS": (1, 3650),
    "ARCHIVE_STREAMS": (1, 16),
    "BAD_TOKENS_PER_HOUR": (1, 1000),
}


@register(Tags.security)
def figures_are_sane(**_: Any) -> list[CheckMessage]:
    if not settings.PRODUCTION:
        return []
    return [
        Error(
            f"{name} 应在 {least} 与 {most} 之间，现为 {getattr(settings, name)}。",
            hint="不确定时删去这一行，用默认值。",
            id="portal.E020",
        )
        for name, (least, most) in BOUNDS.items()
        if not least <= getattr(settings, name) <= most
    ]
