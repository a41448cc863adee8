"""A web server or worker whose settings are unsafe does not start."""

import logging
import sys
from typing import Any

import django
from celery import bootsteps
from celery.signals import beat_init
from django.core.checks import CheckMessage, Tags, run_checks
from django.core.exceptions import ImproperlyConfigured

logger = logging.getLogger(__name__)


def found() -> list[CheckMessage]:
    """What the checks say of the settings, as `manage.py check` does; in the order of their ids."""
    return sorted(run_checks(tags=[Tags.security]), key=lambda each: str(each.id))


def refuse_unsafe_start() -> None:
    """Raises ImproperlyConfigured with all faults in sentences; logs the ids of warnings."""
    messages = found()
    faults = [each for each in messages if each.is_serious() and not each.is_silenced()]
    if faults:
        said = "\n".join(f"{each.id}：{each.msg}{each.hint or ''}" for each in faults)
        raise ImproperlyConfigured(f"设置不安全，拒绝启动：\n{said}")
    if messages:
        ids = ", ".join(sorted({str(each.id) for each in messages}))
        logger.warning("settings could be better, see `manage.py check`: %s", ids)


def _or_exit() -> None:
    django.setup()
    try:
        refuse_unsafe_start()
    except ImproperlyConfigured as refusal:
        sys.exit(str(refusal))


class RequireSafeSettings(bootsteps.Step):
    """The same before a worker takes its first task."""

    label = "Safe settings"

    def create(self, parent: Any) -> None:
        _or_exit()


def require_for_beat() -> None:
    """And before a scheduler of its own process wakes anybody."""
    beat_init.connect(_refuse_beat)


def _refuse_beat(**_: Any) -> None:
    _or_exit()
