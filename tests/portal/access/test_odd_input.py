"""Whatever is put into an address, a query or a form: an answer, never a fault of the portal."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.access import POLICY
from tests.portal.access.matrix import Scene, owner, scope_of, undone
from tests.portal.access.oddities import (
    ODD_NAMES,
    ODD_NUMBERS,
    ODD_WORDS,
    WORST_WORDS,
    asked_for,
)
from tests.portal.access.samples import SAMPLES
from units.access.rules import Audience, Rule

# SQLite takes nearly everything; what a strict database refuses is what breaks a page.
pytestmark = [pytest.mark.django_db, pytest.mark.strict]
LATER_ROW = re.compile(r"-[1-9]\d*-")
"""A field of a row after the first of a table: all rows are read alike."""
READ = [key for key in POLICY if key[1] == "GET"]
WRITTEN = [key for key in POLICY if key[1] == "POST"]


def caller(rule: Rule) -> str:
    if rule.audience is Audience.PUBLIC:
        return "anonymous"
    return "clerk" if rule.audience is Audience.ACCOUNT else min(rule.grants)


def addressed(scene: Scene, key: tuple[str, str], actor: str) -> dict[str, Any]:
    """The address of something the actor may open."""
    sample = SAMPLES[key]
    if sample.make is None:
        return dict(sample.missing)
    return dict(sample.make(*owner(scene, scope_of(POLICY[key], actor), actor, "own")))


def answer(browser: Client, method: str, address: str, given: Any) -> int:
    """The status; a fault counts as one instead of ending the test."""
    browser.raise_request_exception = False
    with undone():
        return int(getattr(browser, method)(address, given).status_code)


def odd_calls(names: set[str], alone: set[str]) -> Iterator[dict[str, str]]:
    """Odd words at all places at once, the worst at each place that is to be tried alone.

    Who looks for nothing is asked once: no word can keep the others from being looked at.
    """
    if not names:
        yield {f"unheard-of-{place}": word for place, word in enumerate(ODD_WORDS)}
        return
    for word in ODD_WORDS:
        yield dict.fromkeys(names | {"unheard-of"}, word)
    for name in sorted(name for name in alone if not LATER_ROW.search(name)):
        yield from ({name: word} for word in WORST_WORDS)


@pytest.mark.parametrize("key", READ, ids=" ".join)
def test_no_query_breaks_a_page(key, scene):
    actor = caller(POLICY[key])
    with undone():
        address = reverse(key[0], kwargs=addressed(scene, key, actor))
        with asked_for() as asked:
            answer(scene.browsers[actor], "get", address, {})
            # A form that is only shown reads no query; one that filters reads what is there.
            answer(scene.browsers[actor], "get", address, dict.fromkeys(asked.fields, ""))
        names = asked.read | asked.fields if asked.read else asked.read
        calls = list(odd_calls(names, asked.alone(asked.read)))
        statuses = [answer(scene.browsers[actor], "get", address, given) for given in calls]
    broken = [call for call, status in zip(calls, statuses, strict=True) if status >= 500]
    assert broken == []


@pytest.mark.parametrize("key", list(POLICY), ids=" ".join)
def test_no_address_breaks_a_page(key, scene):
    actor = caller(POLICY[key])
    with undone():
        right = addressed(scene, key, actor)
        odd = [
            reverse(key[0], kwargs=right | {name: word})
            for name, value in right.items()
            for word in (ODD_NUMBERS if isinstance(value, int) else ODD_NAMES)
        ]
        method, body = key[1].lower(), SAMPLES[key].body or None
        found = {each: answer(scene.browsers[actor], method, each, body) for each in odd}
    assert {each: status for each, status in found.items() if status >= 500} == {}


@pytest.mark.parametrize("key", WRITTEN, ids=" ".join)
def test_no_form_breaks_a_page(key, scene):
    actor = caller(POLICY[key])
    with undone():
        address = reverse(key[0], kwargs=addressed(scene, key, actor))
        body = dict(SAMPLES[key].body)
        with asked_for() as asked:
            answer(scene.browsers[actor], "post", address, body)
        names = (asked.read | asked.fields | set(body)) - {"csrfmiddlewaretoken"}
        calls = [body | given for given in odd_calls(names, asked.alone(names))]
        found = [answer(scene.browsers[actor], "post", address, given) for given in calls]
    assert [call for call, status in zip(calls, found, strict=True) if status >= 500] == []
