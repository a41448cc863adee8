"""What lies in the database when an operation is called, and what a caller could know of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from portal.access import POLICY
from sessions.models import PlanItem, Topic
from tests.fuzz.callers import Caller
from tests.fuzz.operations import Operation
from tests.portal.access.matrix import Key, Scene, owner, scope_of
from tests.portal.access.sample import Make, Sample
from tests.portal.access.samples import SAMPLES
from tests.portal.county import County
from units.models import RosterEntry, Unit

# Fields and parameters that name something that exists: units, members, topics, items.
REFERENCES = {
    "unit": "units",
    "parent": "units",
    "below": "units",
    "member": "members",
    "topic": "topics",
    "topics": "topics",
    "item": "items",
    "plan_item": "items",
}


@dataclass(frozen=True)
class Ground:
    """One object the operation may be about, in the reach of the caller or not."""

    address: Mapping[str, Any] = field(default_factory=dict)
    etag: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)
    known: Mapping[str, list[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """How to lay one ground, and how many of a hundred examples it gets."""

    make: Callable[[User, Unit], object] | None
    kind: str
    share: int


def plans(operation: Operation) -> list[Plan]:
    """The right object first, then a foreign one, then those made for the neighbours: in another
    state, or of another kind.
    """
    sample = SAMPLES.get(operation.key, Sample())
    if not operation.parameters:
        return [Plan(sample.canary, "own", 70), Plan(sample.canary, "foreign", 30)]
    others = [each for each in neighbours(operation) if each is not sample.make]
    if sample.make is None and not others:
        return [Plan(None, "own", 100)]
    first = sample.make or others[0]
    each = 30 // len(others) if others else 0
    rest = [Plan(other, "own", each) for other in others]
    return [Plan(first, "own", 80 - each * len(others)), Plan(first, "foreign", 20), *rest]


def neighbours(operation: Operation) -> list[Make]:
    """What the samples make for operations at addresses of the same form."""
    names = {"pk" if name == "id" else name for name in operation.parameters}
    prefix = operation.route.rstrip("s")
    found: dict[int, Make] = {}
    for (route, _method), sample in SAMPLES.items():
        related = route.startswith(prefix) or operation.route.startswith(route)
        if route.startswith("api_") and related and sample.make and set(sample.missing) == names:
            found.setdefault(id(sample.make), sample.make)
    return list(found.values())[:5]


def lay(county: County, caller: Caller, operation: Operation, plan: Plan) -> Ground:
    """Makes the object and reads it as the caller does. Call inside ``undone``."""
    rule = POLICY[operation.key]
    user, unit = owner(Scene(county, {}), scope_of(rule, caller.name), caller.name, plan.kind)
    sample = SAMPLES.get(operation.key, Sample())
    made = plan.make(user, unit) if plan.make else None
    address = dict(made) if isinstance(made, dict) else {}
    body = sample.sends(user, unit) if sample.sends else sample.body
    return Ground(
        address={"id" if name == "pk" else name: value for name, value in address.items()},
        etag=_etag(caller, operation.key, address) if operation.parameters else "",
        body=body if isinstance(body, dict) else {},
        known=dict(_known(county)),
    )


def _etag(caller: Caller, key: Key, address: Mapping[str, Any]) -> str:
    sample = SAMPLES.get(key, Sample())
    if not sample.read or not address:
        return ""
    browser = Client(headers=dict(caller.headers))
    for name, value in caller.cookies.items():
        browser.cookies[name] = value
    return str(browser.get(reverse(sample.read, kwargs=dict(address))).headers.get("ETag", ""))


def _known(county: County) -> Iterator[tuple[str, list[Any]]]:
    """A few that are the caller's own, and some that are not."""
    own = RosterEntry.objects.filter(person__unit=county.own)
    abroad = RosterEntry.objects.filter(person__unit=county.abroad)
    yield "units", [county.own.code, county.own.code, county.sister.code, county.abroad.code]
    yield "members", [*own.values_list("pk", flat=True)[:4], *abroad.values_list("pk", flat=True)]
    yield "topics", list(Topic.objects.values_list("pk", flat=True)[:3])
    yield "items", list(PlanItem.objects.values_list("pk", flat=True)[:3])
