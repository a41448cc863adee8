"""What pages show and cost. Who may open them is asked in tests/portal/access."""

import pytest
from django.db import OperationalError
from django.test import Client

from accounts.models import AuditEvent
from portal.models import Feedback
from tests.portal.access.samples import make_feedback
from tests.portal.county import County, make_assignment, make_county, make_unit
from units.access.roles import EVERY_ROLE, Role

pytestmark = pytest.mark.django_db

PAGES = ("/", "/help/", "/account/", "/account/password/", "/roles/", "/feedback/", "/units/")
MOST_QUERIES = 12
MOST_OF_THE_OVERVIEW = 15
"""The department's home counts every unit of the county."""


@pytest.fixture
def county() -> County:
    return make_county()


def browser_of(county: County, who: str) -> Client:
    browser = Client()
    browser.force_login(county[who])
    browser.get("/")
    return browser


@pytest.mark.parametrize("page", [*PAGES, "/units/QS001/"])
def test_a_page_costs_as_much_with_many_rows_as_with_few(
    county, page, django_assert_max_num_queries
):
    for number in range(60):
        make_unit(f"QS1{number:02}", f"青石县第{number}局", county.root)
        make_feedback(county["clerk"], county.own)
        make_assignment(county["department_admin"], Role.AUDITOR, county.abroad).delete()
    browser = browser_of(county, "department_admin")
    with django_assert_max_num_queries(MOST_OF_THE_OVERVIEW if page == "/" else MOST_QUERIES):
        assert browser.get(page).status_code == 200


@pytest.mark.parametrize("role", sorted(EVERY_ROLE))
def test_every_link_of_a_home_leads_somewhere(county, role):
    browser = browser_of(county, role)
    page = browser.get("/")
    addresses = {entry.address for group in page.context["menu"] for entry in group.entries}
    addresses |= {"/account/", "/help/", "/roles/", "/feedback/?from=/"}
    assert {browser.get(address).status_code for address in addresses} == {200}


def test_home_names_person_role_and_unit(county):
    page = browser_of(county, "approver").get("/").content.decode()
    for word in ("测approver", "单位审核领导", "青石县甲局"):
        assert word in page
    assert "青石县乙局" not in page


def test_feedback_reaches_the_department_and_its_answer_the_writer(county):
    clerk, department = browser_of(county, "clerk"), browser_of(county, "department_admin")
    clerk.post("/feedback/", {"text": "打印时少一列", "page": "/units/QS001/"})
    item = Feedback.objects.get()
    assert (item.author, item.unit, item.page) == (county["clerk"], county.own, "/units/QS001/")
    assert "打印时少一列" in department.get("/feedback/").content.decode()
    department.post(f"/feedback/{item.pk}/", {"answer": "已改为横向。"})
    assert "已改为横向。" in clerk.get(f"/feedback/{item.pk}/").content.decode()
    outsider = browser_of(county, "approver")
    assert outsider.get(f"/feedback/{item.pk}/").status_code == 404
    assert "打印时少一列" not in outsider.get("/feedback/").content.decode()


def test_empty_feedback_is_refused_in_words(county):
    answer = browser_of(county, "clerk").post("/feedback/", {"text": " "})
    assert answer.status_code == 400
    assert "faults" in answer.content.decode()


def test_feedback_with_a_mark_of_secrecy_is_not_kept(county):
    answer = browser_of(county, "clerk").post("/feedback/", {"text": "附件是机密★10年的通知"})
    assert answer.status_code == 400
    assert "密级标志" in answer.content.decode()
    assert not Feedback.objects.exists()


def test_what_people_write_is_never_markup(county):
    browser = browser_of(county, "clerk")
    browser.post("/feedback/", {"text": "<script>alert(1)</script>"})
    page = browser.get("/feedback/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("address", ["/sign-in/", "/help/", "/nowhere/", "/units/"])
def test_every_answer_carries_the_headers(county, address):
    answer = browser_of(county, "clerk").get(address)
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert sorted(policy) == [
        "base-uri 'none'",
        "default-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "img-src 'self' data:",
        "object-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
    ]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Request-ID"]


def test_the_number_on_an_error_page_is_the_one_in_the_trail(county):
    answer = browser_of(county, "clerk").get("/units/")
    assert AuditEvent.objects.get(action="access.denied").request_id in answer.content.decode()


def test_without_the_database_a_page_says_that_nothing_was_saved(county, monkeypatch):
    def fail(*args):
        raise OperationalError

    browser = browser_of(county, "clerk")
    monkeypatch.setattr("portal.views.days_left", fail)
    answer = browser.get("/")
    assert answer.status_code == 503
    assert "没有保存" in answer.content.decode()


def test_a_fault_of_ours_shows_its_number_and_nothing_else(county, monkeypatch):
    browser = browser_of(county, "clerk")
    browser.raise_request_exception = False
    monkeypatch.setattr("portal.views.days_left", lambda *args: 1 / 0)
    answer = browser.get("/")
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in answer.content.decode()
    assert "ZeroDivisionError" not in answer.content.decode()
