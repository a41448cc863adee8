"""Hints as the department's list shows them: finished words, in a fixed number of queries."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from reports.emails.names import Called, names_on
from reports.hints.forms import FilterForm
from reports.hints.words import TONES, gist
from reports.models import Hint, HintSide
from units.models import UnitName

NAMED = 3
"""So many units are named in a row; the others are counted."""


@dataclass(frozen=True, slots=True)
class HintLine:
    """One hint."""

    pk: int
    kind: str
    said: str
    units: str
    found_at: dt.datetime
    state: str
    tone: str


def filtered(hints: QuerySet[Hint], form: FilterForm) -> QuerySet[Hint]:
    """What the form asks for, the latest found first."""
    hints = hints.order_by("-found_at", "-pk")
    if not form.is_valid():
        return hints
    asked = form.cleaned_data
    if asked["kind"]:
        hints = hints.filter(kind=asked["kind"])
    if asked["state"]:
        states = Hint.PENDING if asked["state"] == "pending" else (asked["state"],)
        hints = hints.filter(state__in=states)
    if words := asked["q"].strip():
        named = UnitName.objects.filter(Q(name__icontains=words) | Q(short_name__icontains=words))
        of = Q(unit__in=named.values("unit")) | Q(unit__code__iexact=words)
        hints = hints.filter(pk__in=HintSide.objects.filter(of).values("hint"))
    return hints


def lines_of(hints: Sequence[Hint], today: dt.date) -> list[HintLine]:
    """Three queries for any number of hints."""
    sides: dict[int, list[HintSide]] = defaultdict(list)
    units = set()
    for side in HintSide.objects.filter(hint__in=hints).order_by("pk"):
        sides[side.hint_id].append(side)
        units.add(side.unit_id)
    names = names_on(units, today)
    return [_line(hint, sides[hint.pk], names) for hint in hints]


def _line(hint: Hint, sides: list[HintSide], names: dict[int, Called]) -> HintLine:
    return HintLine(
        pk=hint.pk,
        kind=hint.get_kind_display(),
        said=gist(hint, [side.facts for side in sides]),
        units=_units({side.unit_id for side in sides}, names),
        found_at=hint.found_at,
        state=hint.get_state_display(),
        tone=TONES[Hint.State(hint.state)],
    )


def _units(units: Iterable[int], names: dict[int, Called]) -> str:
    """In official order, as `names` are."""
    wanted = set(units)
    called = [name.short_name for key, name in names.items() if key in wanted]
    first = "、".join(called[:NAMED])
    if len(called) <= NAMED:
        return first
    return _("%(first)s等 %(number)d 个单位") % {"first": first, "number": len(called)}
