"""The department, the units under it, and what each of them is called on which date."""

import datetime as dt
from dataclasses import dataclass, field

from portal.sample.fates import Fate, Habits, deal_fates, deal_habits
from portal.sample.request import SampleRequest
from portal.sample.unit_names import (
    CATEGORIES,
    CITY,
    COUNTIES,
    COUNTY,
    UnitTitle,
    unit_titles,
)
from units.models import Category, Unit, UnitName

ROOT_CODE = "QS"
DOMAIN = "qingshi.example"
LARGEST_COUNTY = 300  # more units than that are spread over the counties of a city
COUNTY_SIZE = 120


@dataclass(frozen=True, slots=True)
class SampleUnit:
    """A unit with a group and what the sample tells of it.

    The first of each category in a county has something of everything a yearly report tells.
    """

    unit: Unit
    title: UnitTitle
    fate: Fate
    habits: Habits
    is_first: bool = False

    @property
    def code(self) -> str:
        return self.unit.code


@dataclass(slots=True)
class County:
    """Unsaved rows, parents before children."""

    root: Unit
    categories: dict[str, Category]
    counties: list[Unit] = field(default_factory=list)
    members: list[SampleUnit] = field(default_factory=list)
    names: list[UnitName] = field(default_factory=list)

    def successions(self) -> list[Unit]:
        """Units that end and hand over, each with its successor set."""
        return [member.unit for member in self.members if member.unit.successor is not None]


def build_county(request: SampleRequest) -> County:
    """One county for up to 300 units, else a city whose counties have about 120 each.

    In a city every county is a level without a group, and its units' short names begin with the
    county's, so that no name occurs twice.
    """
    categories = {
        code: Category(code=code, name=name, rank_order=order)
        for order, (code, name) in enumerate(CATEGORIES.items(), start=1)
    }
    single = request.units <= LARGEST_COUNTY
    place = COUNTY if single else CITY
    root = Unit(
        code=ROOT_CODE,
        category=categories["bureau"],
        party_body=Unit.PartyBody.COMMITTEE,
        path=f"{ROOT_CODE}/",
        has_group=False,
        email=f"xuanchuan@{DOMAIN}",
    )
    county = County(root=root, categories=categories)
    county.names.append(UnitName(unit=root, name=f"中共{place}委宣传部", short_name=place))
    if single:
        _add_units(county, root, request, unit_titles(request.units, county=place))
        return county
    number = -(-request.units // COUNTY_SIZE)
    for index in range(number):
        share = request.units * (index + 1) // number - request.units * index // number
        name = county_name(index)
        below = _add_county(county, index, name)
        _add_units(county, below, request, unit_titles(share, county=name, prefix=name))
    return county


def county_name(index: int) -> str:
    """The name of a city's county, without end: beyond the list they are numbered."""
    turn, place = divmod(index, len(COUNTIES))
    name = COUNTIES[place]
    return name if turn == 0 else f"{name[:-1]}{turn + 1}{name[-1]}"


def _add_county(county: County, index: int, name: str) -> Unit:
    code = f"{ROOT_CODE}{index + 1:02d}"
    below = Unit(
        code=code,
        category=county.categories["bureau"],
        party_body=Unit.PartyBody.COMMITTEE,
        parent=county.root,
        path=f"{county.root.path}{code}/",
        rank_order=len(county.members) + len(county.counties) + 1,
        has_group=False,
        email=f"{code.lower()}@{DOMAIN}",
    )
    county.counties.append(below)
    county.names.append(UnitName(unit=below, name=f"中共{name}委宣传部", short_name=name))
    return below


def _add_units(
    county: County, parent: Unit, request: SampleRequest, titles: list[UnitTitle]
) -> None:
    fates = deal_fates(titles)
    habits = deal_habits(fates, request.chance("habits", parent.code))
    addressed = request.units - request.without_address
    added: list[SampleUnit] = []
    for number, (title, fate, habit) in enumerate(zip(titles, fates, habits, strict=True), 1):
        code = (
            f"{parent.code}{number:03d}" if parent is county.root else f"{parent.code}-{number:03d}"
        )
        has_address = len(county.members) + len(added) < addressed
        unit = Unit(
            code=code,
            category=county.categories[title.category],
            party_body=title.body,
            parent=parent,
            path=f"{parent.path}{code}/",
            rank_order=len(county.members) + len(county.counties) + number,
            email=f"{code.lower()}@{DOMAIN}" if has_address else "",
        )
        is_first = all(title.category != other.title.category for other in added)
        added.append(SampleUnit(unit, title, fate, habit, is_first))
        county.names.append(UnitName(unit=unit, name=title.name, short_name=title.short_name))
    for member in added:
        _befall(county, member, added[0].unit, request.until)
    county.members += added


def _befall(county: County, member: SampleUnit, neighbour: Unit, until: dt.date) -> None:
    """Gives the unit the dates and names of its fate.

    Units end in the last month of data, so that each of them still gets that month's mail.
    """
    unit = member.unit
    if member.fate is Fate.FOUNDED:
        unit.established_on = dt.date(until.year, 3, 16)
    elif member.fate is Fate.ABOLISHED:
        unit.abolished_on, unit.successor = until.replace(day=16), neighbour
    elif member.fate is Fate.MERGED:
        unit.abolished_on, unit.successor = until.replace(day=9), neighbour
    elif member.fate is Fate.RENAMED:
        title = member.title
        county.names.append(
            UnitName(
                unit=unit,
                name=title.name.replace("局党组", "和大数据局党组"),
                short_name=title.short_name.removesuffix("局") + "和大数据局",
                valid_from=dt.date(until.year, 7, 1),
            )
        )
