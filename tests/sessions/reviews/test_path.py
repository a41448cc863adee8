"""From the clerk's submission to acceptance, through the pages of everybody concerned."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from sessions.models import Status, StudySession
from sessions.reviews.decisions import accept
from sessions.services import ReviewError, record_event
from tests.portal.county import County, make_assignment, make_county
from tests.sessions.pages.make import answers
from tests.sessions.reviews.make import (
    Kind,
    address,
    browser_of,
    in_days,
    submitted_plan,
    submitted_report,
    submitted_session,
    switch_on,
    text,
)
from units.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def auditor(county) -> Client:
    return browser_of(county, "auditor")


def correct(county: County, session: StudySession, theme: str) -> None:
    """The clerk mends the theme and submits again."""
    session.refresh_from_db()
    sent = answers(county.own, session.date, theme=theme, version=session.version, then="submit")
    browser_of(county, "clerk").post(reverse("session_edit", args=[session.pk]), sent)


def test_returned_with_a_reason_corrected_resubmitted_and_accepted(county, auditor):
    session = submitted_session(county.own, county["clerk"], theme="学习宪法")
    sent = {"version": session.version, "usual": ["缺会议记录或签到表，请补传。"]}
    sent |= {"words": "主题不完整", "fields_named": ["evidence", "theme"], "due": in_days(4)}
    auditor.post(address("review_return", session), sent)
    event = session.events.get(kind=Kind.RETURN)
    assert event.due is not None
    assert event.reason == "缺会议记录或签到表，请补传。\n主题不完整"
    assert (event.fields, event.due.isoformat()) == (["evidence", "theme"], in_days(4))
    for name in ("session_detail", "session_edit"):
        shown = text(browser_of(county, "clerk").get(reverse(name, args=[session.pk])))
        assert "主题不完整" in shown
        assert f"请于 {event.due.month}月{event.due.day}日（含）前更正重报" in shown
    assert shown.count("退回意见：缺会议记录或签到表") == 1
    correct(county, session, "学习宪法总纲")
    seen = auditor.get(address("review_item", session)).context["about"]
    assert (seen.theme, seen.status) == ("学习宪法总纲", Status.SUBMITTED)
    auditor.post(address("review_accept", session), {"version": seen.version})
    session.refresh_from_db()
    assert session.status == Status.ACCEPTED
    actions = AuditEvent.objects.filter(actor=county["auditor"]).values_list("action", flat=True)
    assert list(actions)[1:] == ["review.return", "review.accept"]


@pytest.mark.parametrize(
    ("make", "status"),
    [
        (submitted_session, Status.ACCEPTED),
        (submitted_plan, Status.FILED),
        (submitted_report, Status.ACCEPTED),
    ],
)
def test_each_kind_ends_in_its_own_state(county, auditor, make, status):
    about = make(county.own)
    page = auditor.get(address("review_item", about))
    assert page.status_code == 200
    auditor.post(page.context["accept_address"], {"version": about.version})
    about.refresh_from_db()
    assert about.status == status


@pytest.mark.parametrize("make", [submitted_plan, submitted_report])
def test_a_paper_goes_back_with_what_it_names(county, auditor, make):
    about = make(county.own)
    name = auditor.get(address("review_item", about)).context["form"]["fields_named"]
    chosen = [str(value) for value, _ in name.field.choices][-1]
    sent = {"version": about.version, "words": "请补充", "due": in_days(5)}
    auditor.post(address("review_return", about), sent | {"fields_named": [chosen]})
    event = about.events.get(kind=Kind.RETURN)
    assert event.fields == [chosen]
    about.refresh_from_db()
    assert about.status == Status.RETURNED
    shown = text(auditor.get(address("review_item", about)))
    assert "最近一次退回涉及" in shown


def test_an_accepted_session_may_still_be_returned(county, auditor):
    session = submitted_session(county.own)
    auditor.post(address("review_accept", session), {"version": session.version})
    sent = {"version": session.version + 1, "words": "抽查发现与签到表不符", "due": in_days(3)}
    auditor.post(address("review_return", session), sent)
    session.refresh_from_db()
    assert session.status == Status.RETURNED


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"words": ""}, "请勾选常用原因，或写明退回的原因。"),
        ({"words": "传达机密★10年文件"}, "这里有“"),
        ({"due": "2020-01-01"}, "更正期限须在今天至 90 天之内。"),
        ({"fields_named": ["password"]}, "password"),
    ],
)
def test_a_return_that_says_too_little_comes_back_with_a_sentence(
    county, auditor, change, sentence
):
    session = submitted_session(county.own)
    sent = {"version": session.version, "words": "缺记录", "due": in_days(3)} | change
    answer = auditor.post(address("review_return", session), sent)
    assert answer.status_code == 400
    assert sentence in text(answer)
    assert not session.events.filter(kind=Kind.RETURN).exists()


def test_the_approver_looks_first_and_the_department_after(county, auditor):
    switch_on(county)
    session = submitted_session(county.own, county["clerk"])
    assert session.awaits_approval
    assert session.status == Status.SUBMITTED
    page = auditor.get(reverse("review_queue"))
    assert page.context["rows"] == []
    assert "另有 1 件在单位内等待审核领导审核" in text(page)
    approver = browser_of(county, "approver")
    (row,) = approver.get(reverse("review_queue")).context["rows"]
    approver.post(approver.get(row.address).context["accept_address"], {"version": session.version})
    (row,) = auditor.get(reverse("review_queue")).context["rows"]
    assert row.session == session
    assert session.events.get(kind=Kind.SUBMIT).on == session.events.get(kind=Kind.APPROVE).on


def test_the_approver_returns_within_the_unit(county):
    switch_on(county)
    session = submitted_session(county.own, county["clerk"])
    sent = {"version": session.version, "words": "主题写错了", "fields_named": ["theme"]}
    approver = browser_of(county, "approver")
    approver.post(address("approval_return", session), sent | {"due": in_days(2)})
    clerk = browser_of(county, "clerk")
    shown = text(clerk.get(reverse("session_edit", args=[session.pk])))
    assert "由本单位审核领导退回" in shown
    assert "退回意见：主题写错了" in shown
    correct(county, session, "学习宪法总纲")
    session.refresh_from_db()
    assert session.awaits_approval


def test_nobody_approves_what_they_submitted(county):
    switch_on(county)
    make_assignment(county["nobody"], Role.APPROVER, county.own)
    session = submitted_session(county.own, county["approver"])
    approver = browser_of(county, "approver")
    assert "不能由本人审核" in text(approver.get(address("review_item", session)))
    approver.post(address("approval_give", session), {"version": session.version})
    session.refresh_from_db()
    assert session.awaits_approval
    browser_of(county, "nobody").post(
        address("approval_give", session), {"version": session.version}
    )
    session.refresh_from_db()
    assert not session.awaits_approval


def test_the_department_decides_nothing_that_waits_in_the_unit(county, auditor):
    switch_on(county)
    session = submitted_session(county.own, county["clerk"])
    auditor.post(address("review_accept", session), {"version": session.version})
    sent = {"version": session.version, "words": "缺记录", "due": in_days(3)}
    auditor.post(address("review_return", session), sent)
    session.refresh_from_db()
    assert (session.status, session.awaits_approval) == (Status.SUBMITTED, True)


def test_an_outsider_finds_nothing(county, auditor):
    session = submitted_session(county.abroad)
    sent = {"version": session.version, "words": "缺记录", "due": in_days(3), "text": "你好"}
    assert auditor.get(address("review_item", session)).status_code == 404
    for name in ("review_accept", "review_return", "review_comment"):
        assert auditor.post(address(name, session), sent).status_code == 404
    sister = submitted_session(county.sister)
    approver = browser_of(county, "approver")
    assert approver.get(address("review_item", sister)).status_code == 404
    assert browser_of(county, "county_leader").get(reverse("review_queue")).status_code == 403
    assert session.events.count() == 1


def test_an_address_of_no_paper_is_not_found(auditor):
    answer = auditor.get(reverse("review_item", kwargs={"paper": "secret", "pk": 1}))
    assert answer.status_code == 404


@pytest.mark.parametrize("is_bulk", [False, True])
def test_nobody_accepts_what_they_submitted_in_another_role(county, auditor, is_bulk):
    session = submitted_session(county.own, county["auditor"])
    page = auditor.get(address("review_item", session))
    assert (page.context["accept_address"], "须由其他审核员" in text(page)) == ("", True)
    if is_bulk:
        rows = {"rows": f"{session.pk}:{session.version}"}
        answer = auditor.post(reverse("review_accept_clean"), rows)
    else:
        sent = {"version": session.version}
        answer = auditor.post(address("review_accept", session), sent, follow=True)
    session.refresh_from_db()
    assert (session.status, "须由其他审核员" in text(answer)) == (Status.SUBMITTED, True)


def test_nor_what_they_let_pass_inside_the_unit(county):
    session, who = submitted_session(county.own, county["clerk"]), county["approver"]
    record_event(about=session, kind=Kind.APPROVE, at=timezone.now(), by=who)
    with pytest.raises(ReviewError, match="须由其他审核员"):
        accept(about=session, version=session.version, at=timezone.now(), by=who)
    accept(about=session, version=session.version, at=timezone.now(), by=county["auditor"])
