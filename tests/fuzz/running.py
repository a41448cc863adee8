"""Calls every operation as one caller, and counts what came of it."""

import logging
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.conf import settings as conf
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import override_settings
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import Case

from tests.fuzz.callers import CALLERS, Caller, make_caller
from tests.fuzz.cases import cases
from tests.fuzz.ground import Ground, Plan, lay, plans
from tests.fuzz.judging import faults, raised
from tests.fuzz.operations import Operation, drawn, operations
from tests.fuzz.tally import Tally, table
from tests.portal.access.matrix import undone
from tests.portal.county import make_county
from tests.sessions.recording.make import make_group

__all__ = ["CALLERS", "Tally", "run", "table"]

# Requests are counted by the database elsewhere, which would be a fifth of all that it is asked.
COUNTED_HERE = conf.CACHES | {"throttle": conf.CACHES["default"] | {"LOCATION": "throttle"}}


def run(caller: str, *, examples: int, start: int, until: float, only: str = "") -> Tally:
    """``examples`` of each operation as ``caller``, in a county of its own that is gone afterwards.

    The same ``start`` makes the same requests. No operation is begun after ``until``
    (time.monotonic); those are named in the tally.
    """
    tally = Tally()
    with undone(), _silent(), override_settings(CACHES=COUNTED_HERE):
        county = make_county()
        for unit in (county.own, county.sister, county.abroad):
            make_group(unit)
        who = make_caller(caller, county)
        for operation in operations(_drawn_once()):
            if only not in operation.label:
                continue
            if time.monotonic() > until:
                tally.left_out.append(f"{operation.label} as {caller}")
                continue
            for plan in plans(operation):
                with undone():
                    ground = lay(county, who, operation, plan)
                    _call(operation, who, ground, plan, examples, start, tally)
    return tally


@lru_cache(maxsize=1)
def _drawn_once() -> dict[str, Any]:
    return drawn()


def _call(
    operation: Operation,
    who: Caller,
    ground: Ground,
    plan: Plan,
    examples: int,
    start: int,
    tally: Tally,
) -> None:
    """The plan's share of the examples, each undone."""

    @seed(start ^ zlib.crc32(f"{operation.label} {plan.kind} {plan.share}".encode()))
    @settings(
        max_examples=-(-examples * plan.share // 100),
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases(operation, who, ground))
    def each(case: Case[Any]) -> None:
        with undone(), _kept_open(), raised() as errors:
            response = case.call()
        tally.answers[operation.label, who.name, response.status_code] += 1
        for fault in [*errors, *faults(operation, who.name, case, response)]:
            told = f"as {who.name}: {case!r} -> {response.content[:300]!r}"
            tally.note(operation.label, fault, told)

    try:
        each()
    except Unsatisfiable:
        tally.left_out.append(f"{operation.label} as {who.name}: nothing can be generated")


@contextmanager
def _kept_open() -> Iterator[None]:
    """A request neither begins nor ends the connection of the transaction around it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


@contextmanager
def _silent() -> Iterator[None]:
    """Thousands of refusals need no lines in a log."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
