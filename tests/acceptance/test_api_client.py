"""A program that knows only the published interface keeps a unit's year, and reads back what the
rules demand of it. The client is the one of the guide (docs/api/examples).

The clock is set to each day on which something is sent; the figures expected at the end of October
are counted by hand below.
"""

import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from importlib import import_module
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from openpyxl import load_workbook

from accounts.models import User
from reports.models import Job
from reports.tasks import run_job
from tests.acceptance.county import publish_default
from units.access.roles import Role
from units.models import ApiToken, Assignment, Category, Unit, UnitName
from units.tokens import services as tokens

EXAMPLES = Path(__file__).parents[2] / "docs/api/examples"
NEW_YEAR = date(2026, 1, 5)
# Fourteen sessions: one or two a month, a discussion in each quarter.
DAYS = [
    *(date(2026, 1, 15), date(2026, 2, 12), date(2026, 3, 12), date(2026, 3, 26)),
    *(date(2026, 4, 16), date(2026, 5, 14), date(2026, 6, 11), date(2026, 6, 25)),
    *(date(2026, 7, 16), date(2026, 8, 13), date(2026, 9, 10), date(2026, 9, 24)),
    *(date(2026, 10, 15), date(2026, 10, 29)),
]
# The places, in the roster, of those who spoke.
SPOKE = {DAYS[1]: (0, 1), DAYS[5]: (2, 3), DAYS[9]: (4, 0), DAYS[12]: (1, 2)}
AWAY = {DAYS[2]: (4, "sick"), DAYS[4]: (2, "offsite_training"), DAYS[8]: (3, "official_trip")}
MEMBERS = ("柏青", "黎平", "尚文", "戚远", "路遥", "阮安")
ROLES = ("leader", "deputy", "member", "member", "member", "secretary")


@pytest.fixture
def examples(monkeypatch):
    """The scripts of the guide, importable as they import each other."""
    monkeypatch.syspath_prepend(str(EXAMPLES))
    yield import_module
    for name in ("portal_client", "push_sessions", "pull_evaluations", "fetch_workbook"):
        sys.modules.pop(name, None)


@pytest.fixture
def county(transactional_db):
    """The department alone, under the default rules."""
    root = make_unit("QS", "青石县", has_group=False)
    publish_default()
    return root


def make_unit(code: str, name: str, parent: Unit | None = None, **columns: Any) -> Unit:
    category, _new = Category.objects.get_or_create(code="township", defaults={"name": "乡镇"})
    path = f"{parent.path if parent else ''}{code}/"
    unit = Unit.objects.create(
        code=code, category=category, party_body="committee", parent=parent, path=path, **columns
    )
    UnitName.objects.create(unit=unit, name=name, short_name=name)
    return unit


def token_of(role: Role, unit: Unit) -> str:
    """What a user in the role makes on the page of tokens."""
    user = User.objects.create_user(username=f"{role}-{unit.code}", full_name=str(role.label))
    user.must_change_password = False
    user.save()
    held = Assignment.objects.create(user=user, role=role, unit=unit, start_date=NEW_YEAR)
    _token, secret = tokens.make(
        assignment=held, name="接口验收", scope=ApiToken.Scope.WRITE, days=365, at=noon(NEW_YEAR)
    )
    return secret


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def record(day: date, roster: list[int]) -> dict[str, Any]:
    """What the other system knows of one session."""
    spoke, away = SPOKE.get(day, ()), AWAY.get(day)
    return {
        "unit": "QS021",
        "date": day.isoformat(),
        "form": "discussion" if spoke else "collective",
        "theme": f"{day.month}月{day.day}日专题学习",
        "place": "二楼会议室",
        "chair": MEMBERS[0],
        "content": "学习有关文件精神。",
        "others": "present",
        "attendance": [{"member": roster[away[0]], "status": "leave", "leave_kind": away[1]}]
        if away
        else [],
        "speeches": [{"member": roster[each], "kind": "key", "title": "体会"} for each in spoke],
    }


def keep_year(clock: Any, clerk: Any, auditor: Any) -> None:
    """Roster, plan, sessions and a make-up, each on its day."""
    clock.move_to(noon(NEW_YEAR))
    roster = [
        clerk.create(
            "members",
            {
                "unit": "QS021",
                "name": name,
                "role": role,
                "post": "党委委员",
                "rank_order": place,
                "start_date": "2025-01-01",
            },
        )["id"]
        for place, (name, role) in enumerate(zip(MEMBERS, ROLES, strict=True), start=1)
    ]
    plan = clerk.create(
        "plans",
        {
            "unit": "QS021",
            "year": 2026,
            "approved_by": MEMBERS[0],
            "approved_on": "2026-01-05",
            "items": [
                {"period": f"2026-{month:02}", "topic": f"{month}月专题", "form": "collective"}
                for month in range(1, 13)
            ],
        },
    )
    clerk.act(f"plans/{plan['id']}/submit", plan, {"declared": True})
    auditor.act(f"plans/{plan['id']}/file", auditor.get(f"plans/{plan['id']}"))
    for day in DAYS:
        clock.move_to(noon(day + timedelta(days=1)))
        study(clerk, auditor, record(day, roster))
        if day == DAYS[3]:
            make_up(clerk, roster[4])
    for member in roster[:2]:
        told = {"kind": "reflection", "date": "2026-10-20", "title": "读书心得"}
        clerk.create("personal-records", {"member": member, **told})


def study(clerk: Any, auditor: Any, said: dict[str, Any]) -> None:
    draft = clerk.create("sessions", said)
    counts = {"due": 5, "here": 5 - len(said["attendance"])}
    handed_in = {"declared": True, "counts": counts}
    clerk.act(f"sessions/{draft['id']}/submit", draft, handed_in)
    auditor.act(f"sessions/{draft['id']}/accept", auditor.get(f"sessions/{draft['id']}"))


def make_up(clerk: Any, member: int) -> None:
    """The first absence, made up within its thirty days and confirmed."""
    missed = next(
        each["id"]
        for each in clerk.all("sessions", ordering="date")
        if each["date"] == "2026-03-12"
    )
    path = f"sessions/{missed}/makeups/{member}"
    said = {"date": "2026-03-27", "method": "materials", "confirmer": MEMBERS[0]}
    clerk.change(path, clerk.get(path), said, how="PUT")


def test_a_program_keeps_a_units_year(county, live_server, examples):
    portal_client = examples("portal_client")
    with time_machine.travel(noon(NEW_YEAR), tick=True) as clock:
        admin = portal_client.Portal(live_server.url, token_of(Role.DEPARTMENT_ADMIN, county))
        admin.create(
            "units",
            {
                "code": "QS021",
                "name": "青石县临溪镇",
                "short_name": "临溪镇",
                "category": "township",
                "party_body": "committee",
                "parent": "QS",
            },
        )
        clerk, auditor = (
            portal_client.Portal(live_server.url, token_of(role, unit))
            for role, unit in (
                (Role.CLERK, Unit.objects.get(code="QS021")),
                (Role.AUDITOR, county),
            )
        )
        keep_year(clock, clerk, auditor)
        clock.move_to(noon(date(2026, 10, 31)))
        evaluation = clerk.get("evaluations/QS021", as_of="2026-10-31")
        lines = examples("pull_evaluations").standings(auditor, "2026-10-31")
    check(evaluation)
    assert [(line["unit"], line["standing"], line["sessions"]) for line in lines] == [
        ("QS021", "attention", 14)
    ]


def check(evaluation: dict[str, Any]) -> None:
    """Five were due fourteen times: three absences, one of them excluded, one made up."""
    assert evaluation["figures"] == {
        "sessions": 14,
        "discussions": 4,
        "half_days": 14,
        "due": 70,
        "excluded": 1,
        "present": 67,
        "made_up": 1,
    }
    results = {(each["rule"], each["period"]): each for each in evaluation["results"]}
    found = {key: (each["outcome"], each["actual"]) for key, each in results.items()}
    for key, wanted in EXPECTED.items():
        assert found[key] == wanted, key
    months = Counter(outcome for (rule, _), (outcome, _) in found.items() if rule == MONTHLY)
    assert months == {"met": 10, "pending": 2}
    # The report of the half-year, one make-up and the files are missing: advisory, all of them.
    assert evaluation["standing"] == "attention"
    assert results["makeups_done", "2026"]["counts"] == {"met": 1, "missed": 1}
    assert results["reported_on_time", "2026"]["counts"] == {"met": 14}


MONTHLY = "monthly_sessions"
EXPECTED = {
    ("plan_filed", "2026"): ("met", "2026-01-05"),
    ("annual_sessions", "2026"): ("met", 14),
    ("attendance_rate", "2026"): ("met", [68, 69]),
    ("speeches_per_member", "2026"): ("met", 0),
    ("reflections_per_member", "2026"): ("pending", 3),
    ("half_year_report", "2026"): ("missed", None),
    ("annual_report", "2026"): ("pending", None),
    ("makeups_done", "2026"): ("missed", 1),
    **{("quarterly_discussions", f"2026-Q{number}"): ("met", 1) for number in (1, 2, 3, 4)},
}


def test_it_fetches_the_months_workbook_whole(county, live_server, examples, monkeypatch):
    """Between two questions of the client a worker does its work."""
    portal_client, fetching = examples("portal_client"), examples("fetch_workbook")
    monkeypatch.setattr(fetching, "time", SimpleNamespace(sleep=lambda _seconds: work()))
    make_unit("QS022", "松林镇", county)
    auditor = portal_client.Portal(live_server.url, token_of(Role.AUDITOR, county))
    content = fetching.workbook(auditor, "2026-10-31")
    assert load_workbook(BytesIO(content)).sheetnames[0] == "汇总表"


def work() -> None:
    for job in Job.objects.filter(state__in=Job.UNFINISHED):
        run_job(job.pk)


def test_a_refusal_is_told_in_the_portals_words(county, live_server, examples):
    portal_client = examples("portal_client")
    auditor = portal_client.Portal(live_server.url, token_of(Role.AUDITOR, county))
    with pytest.raises(portal_client.Refused, match="不支持这个参数"):
        auditor.get("sessions", colour="red")
