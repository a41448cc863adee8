"""Lists of sessions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sessions.models import Topic
from tests.portal.access.rulebook_samples import ASKED
from tests.sessions.api.calling import YESTERDAY, caller_of, entries, made
from tests.sessions.recording.make import hand_in, make_draft, make_group

pytestmark = pytest.mark.django_db
MONTH_AGO = timezone.localdate() - timedelta(days=31)


@pytest.fixture
def two(scene):
    """One of yesterday's with an absence, submitted; an older one in another form, a draft."""
    county, clerk = scene
    rows = [{"member": entries(county.own)["钱二"], "status": "absent"}]
    later = made(clerk, county.own, attendance=rows, others="present", theme="宪法")
    clerk.step(f"{later}/submit", {"declared": True, "counts": {"due": 3, "here": 2}})
    made(clerk, county.own, date=MONTH_AGO.isoformat(), form="lecture", theme="水法")
    return scene


@pytest.mark.parametrize(
    ("query", "themes"),
    [
        ({}, ["宪法", "水法"]),
        ({"ordering": "date"}, ["水法", "宪法"]),
        ({"status": "draft"}, ["水法"]),
        ({"form": "collective"}, ["宪法"]),
        ({"date_from": YESTERDAY.isoformat()}, ["宪法"]),
        ({"date_to": MONTH_AGO.isoformat()}, ["水法"]),
        ({"year": MONTH_AGO.year, "month": MONTH_AGO.month, "text": "水"}, ["水法"]),
        ({"unit": "QS001", "source": "api"}, ["宪法", "水法"]),
        ({"below": "QS001", "awaits_approval": "true"}, []),
        ({"open_makeups": "true"}, ["宪法"]),
        ({"open_makeups": "false"}, ["水法"]),
        ({"late": "true"}, []),
        ({"page_size": 1}, ["宪法"]),
    ],
)
def test_a_list_is_narrowed_by_its_words(two, query, themes):
    answer = two[1].get("/sessions", **query)
    assert answer.status_code == 200, answer.content.decode()
    assert [row["theme"] for row in answer.json()["results"]] == themes


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"theme": "宪法"}, 400),
        ({"year": "二〇二六"}, 400),
        ({"year": "9" * 40}, 400),
        ({"month": "13"}, 400),
        ({"date_from": "9999-12-32"}, 400),
        ({"status": "filed"}, 400),
        ({"late": "1"}, 400),
        ({"text": "a\0b"}, 400),
        ({"unit": "QS002"}, 404),
        ({"below": "QS002"}, 404),
        ({"topic": 10**9}, 404),
        ({"topic": 2**70}, 400),
    ],
)
def test_a_word_it_does_not_know_is_refused(scene, query, status):
    assert scene[1].get("/sessions", **query).status_code == status


def test_sessions_of_a_topic_are_found(scene):
    county, clerk = scene
    topic = Topic.objects.create(**ASKED)
    day = topic.from_date.isoformat()
    address = made(clerk, county.own, date=day, topics=[topic.pk])
    made(clerk, county.own)
    (row,) = clerk.get("/sessions", topic=topic.pk).json()["results"]
    assert address.endswith(f"/{row['id']}")


def test_the_department_asks_for_open_make_ups_unit_by_unit(two):
    auditor = caller_of(two[0]["auditor"])
    assert auditor.get("/sessions", open_makeups="true").status_code == 400
    answer = auditor.get("/sessions", open_makeups="true", unit="QS001")
    assert [row["theme"] for row in answer.json()["results"]] == ["宪法"]


def test_drafts_of_units_are_not_in_the_department_s_list(two):
    rows = caller_of(two[0]["auditor"]).get("/sessions").json()["results"]
    assert [(row["theme"], row["due"], row["here"]) for row in rows] == [("宪法", 3, 2)]


def queries_of(caller, address: str, **query: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert caller.get(address, **query).status_code == 200
    passing = ("throttle_counts", "SAVEPOINT")  # what the limit on requests costs is its own
    return sum(not any(word in each["sql"] for word in passing) for each in seen)


def test_many_rows_cost_no_more_queries_than_few(scene):
    county, _clerk = scene
    auditor = caller_of(county["auditor"])
    make_group(county.sister)
    for unit in (county.own, county.sister):
        hand_in(make_draft(unit))
    queries_of(auditor, "/sessions")
    few = queries_of(auditor, "/sessions")
    for number in range(20):
        hand_in(make_draft(county.own, theme=f"第{number}次"))
    assert queries_of(auditor, "/sessions", page_size=200) == few <= 12


def test_one_record_costs_as_many_queries_however_many_were_there(scene):
    county, _clerk = scene
    auditor = caller_of(county["auditor"])
    make_group(county.sister, names=tuple(f"成员{number}" for number in range(12)))
    few, many = make_draft(county.own), make_draft(county.sister)
    for each in (few, many):
        hand_in(each)
    queries_of(auditor, f"/sessions/{few.pk}")
    wanted = queries_of(auditor, f"/sessions/{few.pk}")
    assert queries_of(auditor, f"/sessions/{many.pk}") == wanted <= 12
