"""A session reported after its month's closing bears the word 补录, where the unit sees it."""

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from reports.closing import close_month
from reports.closings.reopening import ask_reopening, confirm_reopening
from reports.periods import Month
from sessions.late import with_lateness
from sessions.models import StudySession
from tests.portal.county import County, make_county
from tests.reports.records import at, make_entry, make_session, review

pytestmark = pytest.mark.django_db
MARCH = Month(2026, 3)


@pytest.fixture
def county():
    made = make_county()
    make_entry(made.own, "成员甲", role="leader")
    return made


def close(county: County, day: str = "2026-04-08"):
    return close_month(root=county.root, month=MARCH, at=at(day), by=None)


def late() -> set[int]:
    found = with_lateness(StudySession.objects.all()).filter(Q(("is_late", True)))
    return set(found.values_list("pk", flat=True))


def test_only_what_was_reported_after_the_closing_is_late(county):
    make_session(county.own, "2026-03-05")
    after = make_session(county.own, "2026-03-20", steps=[])
    make_session(county.own, "2026-04-20")
    make_session(county.own, "2026-03-21", steps=[])
    close(county)
    assert late() == set()
    review(after, "submit", "2026-04-20")
    assert late() == {after.pk}


def test_a_correction_after_the_closing_is_late_too(county):
    session = make_session(county.own, "2026-03-05")
    close(county)
    review(session, "return", "2026-04-09")
    assert late() == set()
    session.refresh_from_db()
    review(session, "submit", "2026-04-10")
    assert late() == {session.pk}


def test_closed_anew_it_is_late_no_more(county):
    session = make_session(county.own, "2026-03-05", steps=[])
    closing = close(county)
    review(session, "submit", "2026-04-09")
    people = county["department_admin"], county["auditor"]
    asked = ask_reopening(closing=closing, reason="漏报", at=at("2026-04-10"), by=people[0])
    confirm_reopening(reopening=asked, at=at("2026-04-10"), by=people[1])
    assert late() == set()
    close(county, "2026-04-11")
    assert late() == set()


def test_a_closing_elsewhere_concerns_nobody_here(county):
    close_month(root=county.abroad, month=MARCH, at=at("2026-04-08"), by=None)
    session = make_session(county.own, "2026-03-05", steps=[])
    review(session, "submit", "2026-04-20")
    assert late() == set()


@pytest.mark.parametrize("role", ["clerk", "auditor"])
def test_the_word_stands_on_the_sessions_page_and_in_the_list(county, role):
    session = make_session(county.own, "2026-03-20", steps=[])
    close(county)
    review(session, "submit", "2026-04-20")
    client = Client()
    client.force_login(county[role])
    for address in (
        reverse("session_detail", args=[session.pk]),
        reverse("session_list") + "?year=2026",
    ):
        assert "补录</span>" in client.get(address).content.decode()
