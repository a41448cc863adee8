"""The roster's pages. Who may open them is asked in tests/portal/access."""

from datetime import date

import pytest
from django.test import Client

from accounts.models import AuditEvent
from tests.portal.county import County, make_county
from tests.units.imports.factories import make_entry
from units.models import Person, RosterEntry
from units.roster.terms import digest_of

pytestmark = pytest.mark.django_db

MOST_QUERIES = 12
OFFICE = {"role": "member", "post": "副局长", "rank_order": "2", "start_date": "2026-03-01"}


@pytest.fixture
def county() -> County:
    made = make_county()
    make_entry(made.own, "李甲", role="leader", post="局长")
    make_entry(made.own, "王乙", end=date(2026, 1, 1))
    make_entry(made.sister, "邻局某")
    return made


def browser_of(county: County, who: str = "clerk") -> Client:
    browser = Client()
    browser.force_login(county[who])
    return browser


@pytest.mark.parametrize("many", [0, 60])
@pytest.mark.parametrize("page", ["/roster/", "/units/QS001/roster/reelect/"])
def test_a_page_costs_as_much_with_many_rows(county, page, many, django_assert_max_num_queries):
    for number in range(many):
        make_entry(county.own, f"成员{number}", end=date(2025, 1, 1) if number % 2 else None)
    browser = browser_of(county)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert browser.get(page).status_code == 200


def test_the_roster_is_that_of_the_day_asked_for(county):
    browser = browser_of(county)
    listed = browser.get("/roster/?on=2025-06-01").context["listed"]
    assert [entry.person.name for entry in listed.holding] == ["李甲", "王乙"]
    listed = browser.get("/roster/").context["listed"]
    assert [entry.person.name for entry in listed.former] == ["王乙"]
    assert browser.get("/roster/?on=unsinn").status_code == 200


def test_nobody_sees_or_changes_the_roster_of_another_unit(county):
    browser = browser_of(county)
    entry = RosterEntry.objects.get(person__unit=county.sister)
    assert "邻局某" not in browser.get("/roster/").content.decode()
    for address in ("/units/QS002/roster/", f"/roster/entries/{entry.pk}/end/"):
        assert browser.get(address).status_code == 404
    auditor = browser_of(county, "auditor").get("/units/QS002/roster/").content.decode()
    assert "邻局某" in auditor
    assert "/end/" not in auditor


def test_a_name_that_is_known_is_asked_about(county):
    browser, sent = browser_of(county), {**OFFICE, "name": "王 乙", "seen": digest_of(county.own)}
    page = browser.post("/units/QS001/roster/add/", sent)
    assert page.status_code == 400
    assert "是同一个人还是同名的另一个人" in page.content.decode()
    known = Person.objects.get(name="王乙")
    browser.post("/units/QS001/roster/add/", {**sent, "person": str(known.pk)})
    assert known.entries.count() == 2


def test_a_namesake_needs_a_distinction(county):
    browser = browser_of(county)
    sent = {**OFFICE, "name": "王乙", "person": "new", "seen": digest_of(county.own)}
    assert browser.post("/units/QS001/roster/add/", sent).status_code == 400
    browser.post("/units/QS001/roster/add/", {**sent, "distinction": "1985年生"})
    assert Person.objects.filter(name="王乙").count() == 2


def test_an_overtaken_page_loses_nothing_and_shows_both(county):
    browser, looked = browser_of(county), digest_of(county.own)
    make_entry(county.own, "孙戊")
    page = browser.post("/units/QS001/roster/add/", {**OFFICE, "name": "周己", "seen": looked})
    assert page.status_code == 409
    assert "周己" in page.content.decode()
    assert "孙戊" in page.content.decode()
    assert not Person.objects.filter(name="周己").exists()


def test_a_second_click_adds_nobody_twice(county):
    browser, looked = browser_of(county), digest_of(county.own)
    sent = {**OFFICE, "name": "周己", "seen": looked}
    for _ in range(2):
        answer = browser.post("/units/QS001/roster/add/", sent)
        assert answer.status_code == 302
    assert RosterEntry.objects.filter(person__name="周己").count() == 1
    assert AuditEvent.objects.filter(action="roster.add").count() == 1


def test_a_change_leaves_one_line_in_the_trail(county):
    entry = RosterEntry.objects.get(person__name="李甲")
    sent = {"end_date": "2026-05-01", "seen": digest_of(county.own)}
    browser_of(county).post(f"/roster/entries/{entry.pk}/end/", sent)
    line = AuditEvent.objects.get(action__startswith="roster")
    assert (line.action, line.object_id) == ("roster.end", str(entry.pk))
    assert line.before["end_date"] is None
    assert line.after["end_date"] == "2026-05-01"


def places(*lines: dict[str, str], initial: int) -> dict[str, str]:
    sent = {"places-TOTAL_FORMS": str(len(lines)), "places-INITIAL_FORMS": str(initial)}
    for number, line in enumerate(lines):
        sent |= {f"places-{number}-{name}": value for name, value in line.items()}
    return sent


def test_a_reelection_takes_those_chosen_and_those_added(county):
    make_entry(county.own, "孙戊")
    lines = places(
        {"name": "李甲", "role": "member", "order": "2", "chosen": "on"},
        {"name": "孙戊", "role": "member", "order": "3"},
        {"name": "周己", "role": "leader", "order": "1"},
        {"role": "member"},
        initial=2,
    )
    sent = {**lines, "on": "2026-03-01", "seen": digest_of(county.own)}
    assert browser_of(county).post("/units/QS001/roster/reelect/", sent).status_code == 302
    held = RosterEntry.objects.in_office(date(2026, 3, 1)).of_unit(county.own)
    names = held.order_by("rank_order").values_list("person__name", flat=True)
    assert list(names) == ["周己", "李甲"]


def test_more_lines_come_without_scripts_and_write_nothing(county):
    lines = places(
        {"name": "李甲", "role": "leader"}, {"name": "周己", "role": "member"}, initial=1
    )
    page = browser_of(county).post("/units/QS001/roster/reelect/", {**lines, "more": "1"})
    assert page.status_code == 200
    assert page.context["lines"].total_form_count() == 7
    assert "周己" in page.content.decode()
    assert RosterEntry.objects.of_unit(county.own).count() == 2
