"""Lists are paged, ordered and narrowed by declared words only."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.portal.county import make_county
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def auditor(county):
    browser = Client()
    browser.force_login(county["auditor"])
    return browser


def codes(answer):
    return [unit["code"] for unit in answer.json()["results"]]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("colour=red", "colour"),
        ("page_size=0", "page_size"),
        ("page_size=201", "page_size"),
        ("page_size=ten", "page_size"),
        (f"page_size={'9' * 5000}", "page_size"),
        ("ordering=version", "ordering"),
        ("party_body=club", "party_body"),
        ("category=%00", "category"),
    ],
)
def test_what_is_not_declared_is_refused_by_name(auditor, query, field):
    answer = auditor.get(f"/api/v1/units?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert {error["field"] for error in answer.json()["errors"]} == {field}


def test_a_detail_takes_no_parameters(auditor, county):
    assert auditor.get(f"/api/v1/units/{county.own.code}?colour=red").status_code == 400


@pytest.mark.parametrize("page", ["0", "999", "x", "9" * 5000])
def test_a_page_that_is_none_is_absent(auditor, page):
    assert auditor.get(f"/api/v1/units?page={page}").status_code == 404


def test_pages_join_to_the_whole_list(auditor):
    whole, one = auditor.get("/api/v1/units"), auditor.get("/api/v1/units?page_size=1&page=1")
    seen = codes(one)
    while one.json()["next"]:
        one = auditor.get(one.json()["next"])
        seen += codes(one)
    assert seen == codes(whole)
    assert len(seen) == whole.json()["count"]


def test_order_may_be_turned_round(auditor):
    there = codes(auditor.get("/api/v1/units?ordering=code"))
    assert codes(auditor.get("/api/v1/units?ordering=-code")) == there[::-1] == sorted(there)[::-1]


def test_a_foreign_unit_is_absent_in_a_filter_too(auditor, county):
    assert auditor.get(f"/api/v1/units?parent={county.abroad.code}").status_code == 404
    assert codes(auditor.get(f"/api/v1/units?parent={county.root.code}"))


def test_an_address_with_a_slash_at_its_end_is_the_same(auditor):
    assert auditor.get("/api/v1/units/").json() == auditor.get("/api/v1/units").json()


def test_the_number_of_queries_does_not_grow(auditor, county):
    def queries(size: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert len(codes(auditor.get(f"/api/v1/units?page_size={size}"))) == size
        return len(asked)

    for number in range(60):
        code = f"QS{number:03}X"
        Unit.objects.create(
            code=code,
            category=county.own.category,
            party_body="committee",
            parent=county.root,
            path=f"{county.root.path}{code}/",
        )
    queries(2)
    assert queries(2) == queries(60)
