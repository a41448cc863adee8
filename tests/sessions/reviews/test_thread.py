"""Words between a unit and the department."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from sessions.models import ReviewComment
from tests.portal.county import make_county
from tests.sessions.reviews.make import (
    address,
    browser_of,
    make_session,
    submitted_plan,
    submitted_report,
    submitted_session,
    text,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_county()


def say(browser, about, words: str, **more: str):
    return browser.post(address("review_comment", about), {"text": words, **more}, follow=True)


@pytest.mark.parametrize(
    ("make", "page"),
    [
        (submitted_session, "session_detail"),
        (submitted_plan, "plan_detail"),
        (submitted_report, "unit_report_detail"),
    ],
)
def test_both_sides_write_and_read_and_nothing_moves(county, make, page):
    about = make(county.own)
    auditor, clerk = browser_of(county, "auditor"), browser_of(county, "clerk")
    own_page = reverse(page, args=[about.pk])
    assert "留言已发出" in text(say(auditor, about, "签到表请补", back=own_page))
    assert "签到表请补" in text(clerk.get(own_page))
    say(clerk, about, "已补", back=own_page)
    assert "已补" in text(auditor.get(address("review_item", about)))
    version, status = about.version, about.status
    about.refresh_from_db()
    assert (about.version, about.status) == (version, status)


def test_a_second_click_says_it_once(county):
    session = submitted_session(county.own)
    auditor = browser_of(county, "auditor")
    for words in ("请补签到表", "请补签到表", "另请补照片", "请补签到表"):
        say(auditor, session, words)
    said = ["请补签到表", "另请补照片", "请补签到表"]
    assert [each.text for each in ReviewComment.objects.order_by("id")] == said
    assert AuditEvent.objects.filter(action="comment.add").count() == len(said)


def test_unread_words_are_a_thing_to_do_until_read_or_answered(county):
    session = submitted_session(county.own, theme="学习宪法")
    auditor, clerk = browser_of(county, "auditor"), browser_of(county, "clerk")
    say(auditor, session, "请核对")
    assert "未读留言" in text(clerk.get(reverse("home")))
    clerk.post(address("review_comments_read", session))
    assert "未读留言" not in text(clerk.get(reverse("home")))
    say(clerk, session, "核对过了")
    queue = reverse("review_queue")
    assert [each.text for each in auditor.get(queue).context["unread"]] == ["核对过了"]
    say(auditor, session, "好")
    assert auditor.get(queue).context["unread"] == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("", "请写下留言的内容"), ("附机密★10年文件", "这里有“"), ("长" * 1001, "1000")],
)
def test_bad_words_are_refused_with_a_sentence(county, words, sentence):
    session = submitted_session(county.own)
    shown = say(browser_of(county, "clerk"), session, words, back=f"/sessions/{session.pk}/")
    assert sentence in text(shown)
    assert not ReviewComment.objects.exists()


def test_nobody_talks_about_a_draft_or_comes_back_elsewhere(county):
    clerk = browser_of(county, "clerk")
    say(clerk, make_session(county.own), "草稿")
    assert not ReviewComment.objects.exists()
    session = submitted_session(county.own)
    sent = {"text": "好", "back": "//evil.example/"}
    assert clerk.post(address("review_comment", session), sent)["Location"] == reverse("home")


def test_leaders_and_outsiders_read_nothing(county):
    session = submitted_session(county.own)
    say(browser_of(county, "auditor"), session, "只给单位看")
    leader = browser_of(county, "county_leader")
    assert "只给单位看" not in text(leader.get(reverse("session_detail", args=[session.pk])))
    foreign = submitted_session(county.sister)
    clerk = browser_of(county, "clerk")
    assert clerk.post(address("review_comment", foreign), {"text": "好"}).status_code == 404
    assert clerk.post(address("review_comments_read", foreign)).status_code == 404
