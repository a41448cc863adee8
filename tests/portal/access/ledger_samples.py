"""Ledgers coming in and going out, and papers to print, for the policy test."""

from django.utils import timezone

from accounts.models import User
from sessions.ledgers.pages import WIZARD
from tests.portal.access.record_samples import submitted
from tests.portal.access.roster_samples import NOBODYS, NOWHERE, START, Again, code, make_entry
from tests.portal.access.sample import Make, Sample
from tests.units.spreadsheets.workbooks import make_workbook
from units.imports.report import ImportRun
from units.imports.wizard.uploads import keep
from units.models import ImportUpload, Person, RosterEntry, Unit

LEDGER = make_workbook(
    [
        ["学习时间", "学习主题", "学习形式", "应到", "实到"],
        ["2024-03-05", "学习宪法", "集中学习", 1, 1],
    ]
)


def make_upload(unit: Unit) -> ImportUpload:
    """A ledger without a fault, about a unit of one member."""
    make_entry(unit)
    return keep(
        unit=unit,
        kind=ImportUpload.Kind.LEDGER,
        name="台账.xlsx",
        data=LEDGER,
        options={},
        run=ImportRun(at=timezone.now()),
        importer=WIZARD.importer,
    )


def upload(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_upload(unit).pk}


def _member(user: User, unit: Unit) -> str:
    person = Person.objects.create(unit=unit, name=f"金丝雀{unit.code}")
    RosterEntry.objects.create(person=person, role="member", start_date=START)
    return person.name


def _sample(make: Make, **body: str) -> Sample:
    return Sample(make=make, missing=NOWHERE if make is code else NOBODYS, body=body)


LEDGER_SAMPLES: dict[tuple[str, str], Sample] = {
    ("own_ledger_import", "GET"): Sample(),
    ("ledger_import", "GET"): _sample(code),
    ("ledger_import", "POST"): Sample(make=code, missing=NOWHERE, body={"file": Again(LEDGER)}),
    ("ledger_import_page", "GET"): _sample(upload),
    ("ledger_import_check", "POST"): _sample(upload, x="1"),
    ("ledger_import_take", "POST"): _sample(upload, x="1"),
    ("ledger_import_drop", "POST"): _sample(upload, x="1"),
    ("ledger_import_workbook", "GET"): _sample(upload),
    ("ledger_import_template", "GET"): Sample(),
    ("blank_sign_in_sheet", "GET"): Sample(canary=_member),
    ("session_sign_in_sheet", "GET"): _sample(submitted),
    ("session_record_sheet", "GET"): _sample(submitted),
    ("session_reconfirm", "GET"): _sample(code),
    ("unit_ledger_workbook", "GET"): _sample(code),
}
