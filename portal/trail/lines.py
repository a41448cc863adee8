"""Lines of the trail in words, the same for the page and the files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import AuditEvent, User
from portal.trail import words
from portal.trail.disclosure import Change, changes_of
from units.models import UnitName

_ACCOUNT = User._meta.label_lower


@dataclass(frozen=True)
class Line:
    """Who did what, when, from where, on which object, with what outcome."""

    pk: int
    at: datetime
    who: str
    role: str
    unit: str
    address: str
    action: str
    kind: str
    number: str
    about: str
    result: str
    is_done: bool
    changes: list[Change]
    request_id: str
    digest: str


def lines_of(events: Iterable[AuditEvent]) -> Iterator[Line]:
    """The lines in words; two queries however many there are. ``actor`` must be fetched."""
    events = list(events)
    people, units = _people(events), _units(events)
    for event in events:
        yield _line(event, people, units)


def _people(events: list[AuditEvent]) -> dict[str, str]:
    """Names of the accounts that lines are about or speak of, by id."""
    named = {event.object_id for event in events if event.object_type == _ACCOUNT}
    for event in events:
        for values in (event.before, event.after):
            if isinstance(values, dict) and "user" in values:
                named.add(str(values["user"]))
    ids = [int(each) for each in named if each.isdigit()]
    users = User.objects.filter(pk__in=ids).only("full_name", "username") if ids else []
    return {str(user.pk): f"{user.full_name}（{user.username}）" for user in users}


def _units(events: list[AuditEvent]) -> dict[str, str]:
    """What the units are called today, by code."""
    codes = {event.unit_code for event in events if event.unit_code}
    names = UnitName.objects.filter(unit__code__in=codes, valid_from__lte=timezone.localdate())
    pairs = names.order_by("valid_from").values_list("unit__code", "short_name")
    return dict(pairs)


def _line(event: AuditEvent, people: dict[str, str], units: dict[str, str]) -> Line:
    about = ""
    if event.object_type:
        about = f"{words.object_words(event.object_type)} #{event.object_id}"
    if event.object_type == _ACCOUNT:
        about = people.get(event.object_id, about)
    actor = event.actor
    return Line(
        pk=event.pk,
        at=timezone.localtime(event.at),
        who=f"{actor.full_name}（{actor.username}）" if actor else words.nobody(event.action),
        role=words.role_words(event.role),
        unit=units.get(event.unit_code, event.unit_code),
        address=event.address or "",
        action=words.action_words(event.action),
        kind=event.object_type,
        number=event.object_id,
        about=about,
        result=words.result_words(event.result),
        is_done=event.result == AuditEvent.Result.DONE,
        changes=changes_of(event, people),
        request_id=event.request_id,
        digest=event.digest,
    )
