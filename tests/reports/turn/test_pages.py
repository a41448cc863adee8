"""The turn as the department's administrator, an auditor, a unit and an outsider meet it."""

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from reports.models import ArchiveSeal, CalendarYear, RuleSet, TurnCheck
from sessions.models import AnnualPlan
from tests.portal.access import turn_samples
from tests.portal.county import make_assignment, make_county, make_unit
from tests.reports.records import at, make_entry, make_rules, make_session
from tests.reports.turn.make import JANUARY, NOW, YEAR, close_december, make_plan
from units.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _january(monkeypatch):
    clock = SimpleNamespace(localdate=lambda: JANUARY, now=lambda: NOW)
    for pages in ("views", "own_views"):
        monkeypatch.setattr(f"reports.turn.{pages}.timezone", clock)


@pytest.fixture
def county():
    return make_county()


def signed_in(county, who="department_admin") -> Client:
    browser = Client()
    browser.force_login(county[who])
    return browser


def states(browser) -> dict[str, str]:
    page = browser.get(reverse("turn"))
    return {step.key: step.state for step in page.context["turn"].steps()}


def text(response) -> str:
    return str(response.content.decode())


def make_seal(unit, by, **values) -> ArchiveSeal:
    return turn_samples.make_seal(unit, by, year=YEAR, **values)


def test_the_year_is_turned_step_by_step(county):
    make_rules()
    for unit in (county.own, county.sister):
        make_entry(unit, "组长", role="leader")
        make_plan(unit)
    make_session(county.own, "2026-12-28", statuses=["absent"])
    browser = signed_in(county)
    before = states(browser)
    assert before == {
        "close": "missing",
        "seal": "missing",
        "roster": "look",
        "makeups": "look",
        "plans": "optional",
        "rules": "missing",
        "topics": "optional",
        "calendar": "missing",
    }
    assert "请先封账" in text(browser.post(reverse("turn_seal"), {"year": YEAR}, follow=True))
    assert AuditEvent.objects.get(action="turn.seal").result == AuditEvent.Result.FAILED
    close_december(county.root)
    CalendarYear.objects.create(
        year=YEAR + 1, declared_at=at("2027-01-12"), declared_by=county["department_admin"]
    )
    for route in ("turn_seal", "turn_plans", "turn_rule_sets"):
        for _ in range(2):
            browser.post(reverse(route), {"year": YEAR})
    for step in ("roster", "makeups", "topics"):
        browser.post(reverse("turn_confirm"), {"year": YEAR, "step": step})
    RuleSet.objects.filter(year=YEAR + 1).update(published_at=at("2027-01-12"))
    assert set(states(browser).values()) == {"done"}
    assert ArchiveSeal.objects.count() == AnnualPlan.objects.filter(year=YEAR + 1).count() == 2
    assert (RuleSet.objects.count(), TurnCheck.objects.count()) == (2, 3)
    lines = AuditEvent.objects.filter(action__startswith="turn.").values_list("action", flat=True)
    assert set(lines) == {"turn.seal", "turn.plans", "turn.rule_sets", "turn.confirm"}


@pytest.mark.parametrize(
    ("show", "codes"),
    [
        ("", ["QS001", "QS002"]),
        ("unsealed", ["QS002"]),
        ("differing", ["QS001"]),
        ("planless", ["QS002"]),
        ("ended", ["QS001"]),
        ("leaderless", ["QS001"]),
        ("makeups", ["QS002"]),
        ("nonsense", ["QS001", "QS002"]),
    ],
)
def test_units_are_listed_by_what_they_lack(county, show, codes):
    make_entry(county.own, "旧组长", role="leader", end="2027-01-01")
    make_entry(county.sister, "组长", role="leader")
    make_session(county.sister, "2026-12-28", statuses=["absent"])
    make_plan(county.own, YEAR + 1)
    make_seal(county.own, county["department_admin"], matches=False)
    page = signed_in(county).get(reverse("turn_units"), {"show": show, "year": YEAR})
    assert [line.code for line in page.context["lines"]] == codes
    assert "旧组长" not in text(page)


def test_an_auditor_looks_and_turns_nothing(county):
    browser = signed_in(county, "auditor")
    assert "data-once" not in text(browser.get(reverse("turn"))).split("turn-steps")[1]
    assert browser.post(reverse("turn_plans"), {"year": YEAR}).status_code == 403


def test_the_years_closings_stand_in_one_table(county):
    closing = close_december(county.root)
    page = text(signed_in(county).get(reverse("turn_closings"), {"year": YEAR}))
    assert closing.checksum in page
    assert page.count("未封账") == 11


def test_sealing_again_asks_for_a_reason_and_skips_what_is_the_same(county):
    seal = make_seal(county.own, county["department_admin"])
    address = reverse("archive_seal", args=[seal.pk])
    browser = signed_in(county)
    assert browser.post(address, {"reason": ""}).status_code == 400
    page = browser.post(address, {"reason": "补存签到表"}, follow=True)
    assert "已重新封存" in text(page)
    page = browser.post(page.request["PATH_INFO"], {"reason": "再来"}, follow=True)
    assert "没有重复办理" in text(page)
    assert ArchiveSeal.objects.count() == 2


def test_a_unit_copies_its_own_plan_once(county):
    plan = make_plan(county.own)
    make_entry(county.own, "甲成员", end="2027-01-01")
    browser = signed_in(county, "clerk")
    page = text(browser.get(reverse("own_turn")))
    assert reverse("own_turn_plan") in page
    assert "甲成员" in page
    for _ in range(2):
        browser.post(reverse("own_turn_plan"))
    draft = AnnualPlan.objects.get(year=YEAR + 1)
    assert [item.topic for item in draft.items.all()] == [item.topic for item in plan.items.all()]
    assert AuditEvent.objects.filter(action="plan.create").count() == 1
    assert reverse("own_turn_plan") not in text(browser.get(reverse("own_turn")))


def test_a_unit_sees_nothing_of_another(county):
    make_entry(county.sister, "乙成员", end="2027-01-01")
    make_seal(county.sister, county["department_admin"])
    make_plan(county.sister)
    browser = signed_in(county, "clerk")
    page = text(browser.get(reverse("own_turn")))
    assert "乙成员" not in page
    assert "还没有封存" in page
    assert "没有2026年的计划" in text(browser.post(reverse("own_turn_plan"), follow=True))
    assert not AnnualPlan.objects.get(year=YEAR + 1).items.exists()


def test_another_countys_turn_is_its_own(county):
    make_plan(county.own)
    make_assignment(county["nobody"], Role.DEPARTMENT_ADMIN, county.abroad)
    browser = signed_in(county, "nobody")
    browser.post(reverse("turn_plans"), {"year": YEAR})
    assert not AnnualPlan.objects.filter(year=YEAR + 1).exists()
    seal = make_seal(county.own, county["department_admin"])
    assert browser.get(reverse("archive_seal", args=[seal.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 40])
@pytest.mark.parametrize("name", ["turn", "turn_units", "own_turn"])
def test_pages_ask_little(county, name, number, django_assert_max_num_queries):
    make_rules()
    for each in range(number):
        unit = make_unit(f"QS6{each}", f"青石县第{each}局", county.root)
        make_plan(unit)
        make_seal(unit, county["department_admin"])
    browser = signed_in(county, "clerk" if name == "own_turn" else "department_admin")
    browser.get(reverse(name))
    with django_assert_max_num_queries(12):
        assert browser.get(reverse(name)).status_code == 200
