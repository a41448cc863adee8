"""Two people at one thing, and many things at once."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from sessions.models import Status, StudySession
from sessions.reviews.decisions import ReturnNote, accept, send_back_in_unit
from sessions.services import ReviewError
from tests.portal.county import make_assignment, make_county
from tests.sessions.reviews.make import (
    Kind,
    address,
    browser_of,
    in_days,
    make_session,
    submitted_session,
    switch_on,
    text,
)
from units.access.roles import Role

pytestmark = pytest.mark.django_db
CLEAN = reverse("review_accept_clean")


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def auditor(county):
    return browser_of(county, "auditor")


def tick(session: StudySession) -> str:
    return f"{session.pk}:{session.version}"


def test_a_double_click_accepts_once(county, auditor):
    session = submitted_session(county.own)
    for _ in range(2):
        auditor.post(address("review_accept", session), {"version": session.version})
    assert session.events.filter(kind=Kind.ACCEPT).count() == 1
    assert AuditEvent.objects.filter(action="review.accept").count() == 1


def test_the_second_auditor_sees_what_happened(county, auditor):
    make_assignment(county["nobody"], Role.AUDITOR, county.root)
    session = submitted_session(county.own)
    auditor.post(address("review_accept", session), {"version": session.version})
    sent = {"version": session.version, "words": "缺记录", "due": in_days(3)}
    second = browser_of(county, "nobody")
    page = text(second.post(address("review_return", session), sent, follow=True))
    assert "记录已被他人办理或修改" in page
    assert "测auditor 审核通过" in page
    session.refresh_from_db()
    assert session.status == Status.ACCEPTED


def test_what_was_changed_since_it_was_looked_at_is_not_accepted(county, auditor):
    session = submitted_session(county.own)
    seen = session.version
    StudySession.objects.filter(pk=session.pk).update(version=seen + 2, theme="另一个主题")
    auditor.post(address("review_accept", session), {"version": seen})
    session.refresh_from_db()
    assert session.status == Status.SUBMITTED


def test_clean_ones_are_accepted_each_in_its_own_right(county, auditor):
    clean = [submitted_session(county.own, theme=f"净{number}") for number in range(3)]
    doubtful = submitted_session(county.own, theme="疑", chair="")
    late = submitted_session(county.own, theme="变")
    ticks = [tick(session) for session in [*clean, doubtful, late]]
    StudySession.objects.filter(pk=late.pk).update(version=late.version + 1)
    answer = auditor.post(CLEAN, {"rows": ticks})
    assert answer.status_code == 409
    assert answer.context["refused"] == [
        ("疑", "请填写主持人。"),
        ("变", "记录已被他人办理或修改，请核对最新内容后再办理。"),
    ]
    accepted = StudySession.objects.filter(status=Status.ACCEPTED)
    assert set(accepted) == set(clean)
    assert {session.events.filter(kind=Kind.ACCEPT).count() for session in accepted} == {1}
    lines = AuditEvent.objects.filter(action="review.accept")
    assert [line.after["bulk"] for line in lines] == [True, True, True]


def test_one_out_of_reach_stops_all_before_anything_is_written(county, auditor):
    near, far = submitted_session(county.own), submitted_session(county.abroad)
    assert auditor.post(CLEAN, {"rows": [tick(near), tick(far)]}).status_code == 404
    assert not StudySession.objects.filter(status=Status.ACCEPTED).exists()


@pytest.mark.parametrize("rows", [[], ["x"], ["1:"], ["9" * 30 + ":1"]])
def test_nothing_ticked_is_said_so(auditor, rows):
    answer = auditor.post(CLEAN, {"rows": rows})
    assert answer.status_code == 400
    assert "请先勾选要通过的学习" in text(answer)


def test_only_sessions_are_ticked(county, auditor):
    make_session(county.own)
    assert auditor.get(reverse("review_queue")).context["rows"] == []


def test_the_approver_cannot_return_what_went_on(county):
    switch_on(county)
    session = submitted_session(county.own, county["clerk"])
    approver = browser_of(county, "approver")
    approver.post(address("approval_give", session), {"version": session.version})
    session.refresh_from_db()
    with pytest.raises(ReviewError, match="不在等待单位审核"):
        send_back_in_unit(
            about=session,
            version=session.version,
            at=timezone.now(),
            by=county["approver"],
            note=ReturnNote("晚了"),
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time there anyway")
def test_of_many_auditors_at_once_one_decides():
    county = make_county()
    session = submitted_session(county.own)
    told: list[str] = []
    start = Barrier(8)

    def decide() -> None:
        mine = StudySession.objects.get(pk=session.pk)
        start.wait()
        try:
            accept(about=mine, version=mine.version, at=timezone.now(), by=county["auditor"])
            told.append("accepted")
        except ReviewError as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=decide) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told.count("accepted") == 1
    assert len(told) == 8
    assert session.events.filter(kind=Kind.ACCEPT).count() == 1
