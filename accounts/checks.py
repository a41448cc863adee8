"""Settings that would quietly weaken sign-in are refused at start."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

BOUNDS = {
    "PASSWORD_MAX_AGE_DAYS": (30, 180),
    "IDLE_MINUTES": (5, 60),
    "PRIVILEGED_IDLE_MINUTES": (5, 30),
    "SESSION_HOURS": (1, 12),
    "CONCURRENT_SESSIONS": (1, 5),
}


@register(Tags.security)
def limits_are_sane(**kwargs: Any) -> list[CheckMessage]:
    return [
        Error(
            f"{name} 应在 {least} 与 {most} 之间，现为 {getattr(settings, name)}。",
            id="accounts.E001",
        )
        for name, (least, most) in BOUNDS.items()
        if not least <= getattr(settings, name) <= most
    ]
