"""The units a role works for: where they hang, what they are called, which of them are meant."""

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from reports.overview.forms import AREAS, OWN_UNITS, MatrixForm
from units.models import Unit
from units.querysets import UnitQuerySet

# The short names are annotated by `named`.
PLACE = ("code", "short_name", "path", "has_group")
CALLED = ("pk", "code", "short_name", "category__name")


class Place(NamedTuple):
    """A unit with others below it, or one that keeps no group: a county, a city."""

    code: str
    name: str
    path: str
    has_group: bool

    @property
    def parent_path(self) -> str:
        """The path of the unit above; '' at the top."""
        return self.path.rstrip("/").rpartition("/")[0] + "/"


class Called(NamedTuple):
    """A unit as tables name it."""

    code: str
    name: str
    category: str


class Scope:
    """What a role reaches, by the names of a day; two queries.

    `root` is the unit the role was given for. `places` start with it, the others follow in
    official order.
    """

    def __init__(self, units: UnitQuerySet, root: Unit, on: dt.date) -> None:
        self.units = units
        self._on = on
        below = Unit.objects.filter(parent=OuterRef("pk"))
        found = units.filter(Q(has_group=False) | Exists(below)).named(on)
        rows = found.order_by("rank_order", "code").values_list(*PLACE)
        places = [Place(code, name or code, path, group) for code, name, path, group in rows]
        places.sort(key=lambda place: place.path != root.path)
        self.places = {place.code: place for place in places}
        self.root = self.places.get(root.code) or Place(root.code, root.code, root.path, True)
        kinds = units.with_group().order_by("category__rank_order", "category__code")
        self.categories = dict(kinds.values_list("category__code", "category__name").distinct())

    def areas(self, place: Place) -> list[Place]:
        """The places without a group right below another."""
        return [
            one
            for one in self.places.values()
            if not one.has_group and one.parent_path == place.path and one.path != place.path
        ]

    def place(self, code: str) -> Place:
        """A place by its code; the root for any other word."""
        return self.places.get(code, self.root)

    def below(self, place: Place, category: str = "") -> UnitQuerySet:
        """The units that keep a group in a place, of one category or of all."""
        units = self.units.with_group().filter(path__startswith=place.path)
        return units.filter(category__code=category) if category else units

    def called(self, unit_ids: Iterable[int]) -> dict[int, Called]:
        """Names by unit id; one query."""
        rows = Unit.objects.filter(pk__in=list(unit_ids)).named(self._on).order_by()
        named = rows.values_list(*CALLED)
        return {key: Called(code, name or code, kind) for key, code, name, kind in named}


class Asked(NamedTuple):
    """What a visitor of the overview wants to see, as far as it makes sense."""

    as_of: dt.date
    place: Place
    areas: list[Place]
    category: str
    standing: str
    outcome: str
    rows: str

    @property
    def by_area(self) -> bool:
        """Whether rows are areas; a search for certain units lists units."""
        chosen = self.standing or self.outcome
        return bool(self.areas) and self.rows == AREAS and not chosen


def asked(scope: Scope, form: MatrixForm, today: dt.date) -> Asked:
    """What the form says; everything of today where it says nothing that can be understood."""
    said = form.cleaned_data if form.is_valid() else {}
    place = scope.place(said.get("within", ""))
    return Asked(
        as_of=said.get("as_of", today),
        place=place,
        areas=scope.areas(place),
        category=said.get("category", ""),
        standing=said.get("standing", ""),
        outcome=said.get("outcome", ""),
        rows=said.get("rows", AREAS),
    )


def wanted_units(scope: Scope, wanted: Asked) -> UnitQuerySet:
    """The units that the figures of a page are about."""
    units = scope.below(wanted.place, wanted.category)
    if wanted.rows == OWN_UNITS:
        for area in wanted.areas:
            units = units.exclude(path__startswith=area.path)
    return units
