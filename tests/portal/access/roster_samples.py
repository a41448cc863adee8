"""Rosters and imports of them for the policy test."""

from datetime import date

from django.utils import timezone

from accounts.models import User
from tests.portal.access.sample import Make, Sample
from tests.units.spreadsheets.workbooks import make_workbook
from units.imports.report import ImportRun
from units.imports.wizard.uploads import keep
from units.models import ImportUpload, Person, RosterEntry, Unit
from units.roster.importing import WIZARD
from units.roster.terms import digest

NAME, START = "测成员", date(2024, 3, 1)
NOBODYS, NOWHERE = {"pk": 10**9}, {"code": "QS999"}
EMPTY = digest([])
SEEN = digest([(NAME, "", "member", "", "", 1, START, None, "", "")])
OFFICE = {"role": "member", "post": "局长", "rank_order": "1", "start_date": "2026-03-01"}
LINES = {
    "places-TOTAL_FORMS": "1",
    "places-INITIAL_FORMS": "0",
    "places-0-name": "测新人",
    "places-0-role": "leader",
}
WORKBOOK = make_workbook(
    [["姓名", "职务", "中心组职务", "任职起"], ["测导入", "局长", "组长", "2026-01-01"]]
)


class Again:
    """A file that can be sent any number of times."""

    name = "名册.xlsx"

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self) -> bytes:
        return self.data


def make_entry(unit: Unit) -> RosterEntry:
    """The only entry of the unit's roster, which is then the one that SEEN stands for."""
    person = Person.objects.create(unit=unit, name=NAME)
    return RosterEntry.objects.create(person=person, role="member", rank_order=1, start_date=START)


def entry(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_entry(unit).pk}


def person(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_entry(unit).person_id}


def code(user: User, unit: Unit) -> dict[str, object]:
    return {"code": unit.code}


def make_upload(unit: Unit) -> ImportUpload:
    return keep(
        unit=unit,
        kind=ImportUpload.Kind.ROSTER,
        name="名册.xlsx",
        data=WORKBOOK,
        options={},
        run=ImportRun(at=timezone.now()),
        importer=WIZARD.importer,
    )


def upload(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_upload(unit).pk}


def _canary(user: User, unit: Unit) -> str:
    made = Person.objects.create(unit=unit, name=f"金丝雀{unit.code}")
    RosterEntry.objects.create(person=made, role="member", start_date=START)
    return made.name


def _sample(make: Make, **body: str) -> Sample:
    return Sample(make=make, missing=NOWHERE if make is code else NOBODYS, body=body)


ROSTER_SAMPLES: dict[tuple[str, str], Sample] = {
    ("own_roster", "GET"): Sample(canary=_canary),
    ("roster", "GET"): _sample(code),
    ("roster_person", "GET"): _sample(person),
    ("roster_person", "POST"): _sample(person, name="测改名", seen=SEEN),
    ("roster_add", "GET"): _sample(code),
    ("roster_add", "POST"): _sample(code, name="测新人", seen=EMPTY, **OFFICE),
    ("roster_end", "GET"): _sample(entry),
    ("roster_end", "POST"): _sample(entry, end_date="2026-03-01", seen=SEEN),
    ("roster_change", "GET"): _sample(entry),
    ("roster_change", "POST"): _sample(entry, seen=SEEN, **OFFICE),
    ("roster_correct", "GET"): _sample(entry),
    ("roster_correct", "POST"): _sample(entry, seen=SEEN, **OFFICE),
    ("roster_remove", "POST"): _sample(entry, seen=SEEN),
    ("roster_reelect", "GET"): _sample(code),
    ("roster_reelect", "POST"): _sample(code, on="2026-03-01", seen=EMPTY, **LINES),
    ("roster_import", "GET"): _sample(code),
    ("roster_import", "POST"): Sample(make=code, missing=NOWHERE, body={"file": Again(WORKBOOK)}),
    ("roster_import_page", "GET"): _sample(upload),
    ("roster_import_check", "POST"): _sample(upload, x="1"),
    ("roster_import_take", "POST"): _sample(upload, x="1"),
    ("roster_import_drop", "POST"): _sample(upload, x="1"),
    ("roster_import_workbook", "GET"): _sample(upload),
    ("roster_import_template", "GET"): Sample(),
}
