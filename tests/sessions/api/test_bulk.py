"""Many sessions at once."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from sessions.models import StudySession
from sessions.signals import records_changed
from tests.sessions.api.calling import YESTERDAY, body, entries, errors
from tests.sessions.recording.make import make_member
from units.rest.replaying import forget_answers

pytestmark = pytest.mark.django_db
COUNTS = {"due": 3, "here": 3}


def batch(*bodies, **more):
    return {"sessions": list(bodies), **more}


def test_all_are_kept_in_their_order(scene):
    county, clerk = scene
    answer = clerk.post(
        "/sessions/bulk", batch(*(body(county.own, theme=f"第{n}次") for n in range(3)))
    )
    assert answer.status_code == 201
    ids = [each["id"] for each in answer.json()["sessions"]]
    assert list(StudySession.objects.order_by("theme").values_list("pk", flat=True)) == ids
    assert AuditEvent.objects.filter(action="session.save").count() == 3


def test_all_are_handed_in_with_a_line_each(scene):
    county, clerk = scene
    sent = batch(
        *(body(county.own, theme=f"第{n}次", counts=COUNTS) for n in range(2)),
        submit=True,
        declared=True,
    )
    answer = clerk.post("/sessions/bulk", sent)
    assert [each["status"] for each in answer.json()["sessions"]] == ["submitted"] * 2
    lines = AuditEvent.objects.filter(action__startswith="session.")
    assert list(lines.values_list("action", flat=True)) == ["session.submit"] * 2


def test_reports_are_told_once_of_all(scene):
    county, clerk = scene
    told = []

    def listen(unit_ids, years, **_more):
        told.append((unit_ids, years))

    records_changed.connect(listen)
    sent = batch(*(body(county.own, theme=f"第{n}次") for n in range(3)))
    assert clerk.post("/sessions/bulk", sent).status_code == 201
    assert told == [({county.own.pk}, {YESTERDAY.year})]


def test_each_more_costs_few_queries_and_none_for_the_roster(scene):
    county, clerk = scene
    asked = []
    for first, number in ((0, 2), (2, 12)):
        bodies = [
            body(county.own, theme=f"第{n}次", counts=COUNTS) for n in range(first, first + number)
        ]
        with CaptureQueriesContext(connection) as queries:
            clerk.post("/sessions/bulk", batch(*bodies, submit=True, declared=True))
        asked.append([each["sql"] for each in queries.captured_queries])
    few, many = ([sql for sql in said if "SAVEPOINT" not in sql] for said in asked)
    assert len(many) - len(few) <= 10 * 16
    assert sum('FROM "units_rosterentry"' in sql for sql in many) <= 3


def test_every_error_is_told_at_once_and_nothing_is_kept(scene):
    county, clerk = scene
    rows = [{"member": entries(county.own)["赵一"], "status": "away"}]
    sent = batch(
        body(county.own, counts=COUNTS),
        body(county.own, form="party", place="长" * 101),
        body(county.own, attendance=rows, others="present"),
        "学习",
        body(county.own, theme="", counts=COUNTS),
        submit=True,
        declared=True,
    )
    answer = clerk.post("/sessions/bulk", sent)
    assert answer.status_code == 400
    assert list(errors(answer)) == ["1.form", "1.place", "2.attendance.0.status", "3", "4.theme"]
    assert not StudySession.objects.exists()


def test_two_of_one_theme_on_one_day_are_two_only_knowingly(scene):
    county, clerk = scene
    sent = batch(*[body(county.own, counts=COUNTS)] * 2, submit=True, declared=True)
    answer = clerk.post("/sessions/bulk", sent)
    assert (answer.status_code, list(errors(answer))) == (422, ["1.theme"])
    assert clerk.post("/sessions/bulk", sent | {"warnings_accepted": True}).status_code == 201


def test_what_is_absent_is_named_by_its_place(scene):
    county, clerk = scene
    foreign = make_member(county.sister, "周五")
    row = {"member": foreign.pk, "status": "present"}
    sent = batch(
        body(county.own),
        body(county.own, topics=[10**9]),
        body(county.own, attendance=[row], others="present", form="party"),
    )
    answer = clerk.post("/sessions/bulk", sent)
    assert answer.status_code == 404
    assert list(errors(answer)) == ["1.topics.0", "2.attendance.0.member", "2.form"]
    assert AuditEvent.objects.filter(action="access.foreign").count() == 1
    assert not StudySession.objects.exists()


@pytest.mark.parametrize("number", [0, 501])
def test_there_is_a_least_and_a_most(scene, number):
    county, clerk = scene
    answer = clerk.post("/sessions/bulk", batch(*[body(county.own)] * number))
    assert (answer.status_code, list(errors(answer))) == (400, ["sessions"])


def test_the_same_key_is_done_once(scene):
    county, clerk = scene
    sent, key = batch(body(county.own), body(county.own)), {"Idempotency-Key": "push-1"}
    first, again = (clerk.post("/sessions/bulk", sent, **key) for _ in range(2))
    assert (first.json(), again.headers["Idempotency-Replayed"]) == (again.json(), "true")
    assert StudySession.objects.count() == 2


def test_the_trail_is_held_only_when_all_is_stored(scene):
    county, clerk = scene
    with CaptureQueriesContext(connection) as queries:
        clerk.post("/sessions/bulk", batch(body(county.own), body(county.own)))
    said = [each["sql"] for each in queries.captured_queries]
    first = next(place for place, sql in enumerate(said) if "accounts_auditevent" in sql)
    assert not any('INSERT INTO "study_sessions_' in sql for sql in said[first:])


def test_a_key_used_anew_makes_a_record_of_its_own(scene):
    county, clerk = scene
    for theme in ("旧", "新"):
        sent = batch(body(county.own, theme=theme))
        assert clerk.post("/sessions/bulk", sent, **{"Idempotency-Key": "1"}).status_code == 201
        forget_answers(now=timezone.now() + timedelta(hours=49))
    assert {session.theme for session in StudySession.objects.all()} == {"旧", "新"}


def test_too_much_at_once_is_refused_before_it_is_read(scene, settings):
    _county, clerk = scene
    answer = clerk.post("/sessions/bulk", batch("长" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
    assert answer.status_code == 413
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE == 10 * 1024 * 1024
