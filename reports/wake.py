"""Wake-up calls to the workers: best effort, for what is already on record as to be done.

A call that gets lost costs time, never work: the sweep finds the row. So an error of the broker
is logged and forgotten, and a web request does not even wait for it.
"""

import logging
import threading
from contextvars import copy_context
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

SWEEPS = 5
"""A wake-up nobody took in so many sweeps has been repeated by one."""


def wake(task: str, **arguments: object) -> bool:
    """Publishes a call of `reports.tasks.<task>`; False if the broker would not have it."""
    try:
        current_app.send_task(
            f"reports.tasks.{task}", kwargs=arguments, expires=SWEEPS * settings.SWEEP_SECONDS
        )
    except OperationalError as error:
        logger.warning("broker unavailable, %s left to the sweep: %s", task, error)
        return False
    return True


def wake_after_commit(task: str, **arguments: object) -> None:
    """The same once the transaction stands, without waiting for the broker.

    The thread takes along for which request it calls: that stands in the worker's log, too.
    """
    here = copy_context()
    call = threading.Thread(
        target=partial(here.run, wake, task, **arguments), name=f"wake-{task}", daemon=True
    )
    transaction.on_commit(call.start)
