"""A county of the three units whose ledgers are among the samples."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.management import call_command

from reports.models import RuleSet
from reports.rule_sets import create_default, publish
from units.models import Category, Unit, UnitName

SAMPLES = Path(__file__).parent.parent / "samples"
EXPECTED: dict[str, dict[str, Any]] = json.loads(
    (SAMPLES / "ledgers.expected.json").read_text(encoding="utf-8")
)
# The day after the last session of the ledgers; late enough to see all of them.
AS_OF = date(2026, 10, 31)


def make_county() -> Unit:
    """The department and the three units, under the default rule set of 2026."""
    root = _unit("QS", "county", "青石县", parent=None, has_group=False)
    for number, (category, facts) in enumerate(
        (facts["category"], facts) for facts in EXPECTED.values()
    ):
        _unit(f"QS{number + 1:03}", category, facts["unit"], parent=root, rank_order=number + 1)
    publish_default()
    return root


def publish_default() -> RuleSet:
    draft = create_default(year=2026, title="青石县学习考核规则")
    return publish(rule_set=draft, at=datetime(2026, 1, 1, tzinfo=UTC), by=None)


def import_ledgers() -> None:
    """Every sample ledger with its roster, as submitted on the last day of October."""
    for file, facts in EXPECTED.items():
        unit = Unit.objects.get(names__short_name=facts["unit"])
        call_command(
            "import_ledger", str(SAMPLES / file), unit=unit.code, with_roster=True, on=AS_OF
        )


def _unit(code: str, category: str, name: str, parent: Unit | None, **columns: Any) -> Unit:
    unit = Unit.objects.create(
        code=code,
        category=Category.objects.get_or_create(code=category, defaults={"name": category})[0],
        party_body=Unit.PartyBody.COMMITTEE,
        parent=parent,
        path=f"{parent.path if parent else ''}{code}/",
        email=f"{code.lower()}@qingshi.example",
        **columns,
    )
    UnitName.objects.create(unit=unit, name=name, short_name=name)
    return unit
