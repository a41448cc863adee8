"""Topics: set by the administrator, read by all; nothing on record is changed unasked."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from sessions.models import Topic
from sessions.pages.choices import topics_of
from tests.portal.county import County, make_county
from tests.sessions.evidence.make import make_session
from units.models import Category

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 6, 30)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-06-30 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


def browser_of(county: County, who: str = "department_admin") -> Client:
    browser = Client()
    browser.force_login(county[who])
    browser.get("/help/")
    return browser


@pytest.fixture
def admin(county):
    return browser_of(county)


def said(**changes) -> dict[str, object]:
    body = {
        "name": "县委全会精神", "level": "county", "content_group": 3,
        "from_date": "2026-01-01", "due": "2026-06-30", "required": "on",
    }  # fmt: skip
    return body | changes


def make_topic(**changes) -> Topic:
    values = said() | {"required": True} | changes
    topic = Topic.objects.create(**values)
    topic.refresh_from_db()
    return topic


def edit(topic: Topic) -> str:
    return reverse("topic_edit", args=[topic.pk])


def seal_on(browser, topic: Topic) -> str:
    return str(browser.get(edit(topic)).context["seal"])


def test_a_topic_is_added_once_changed_retired_and_restored(admin, county):
    for _ in range(2):
        admin.post(reverse("topic_new"), said(categories=[county.own.category_id]))
    topic = Topic.objects.get()
    assert [one.code for one in topic.categories.all()] == ["bureau"]
    body = said(name="县委全会精神和部署", seal=seal_on(admin, topic))
    assert admin.post(edit(topic), body).status_code == 302
    for name in ("topic_retire", "topic_retire", "topic_restore"):
        admin.post(reverse(name, args=[topic.pk]))
    topic.refresh_from_db()
    assert (topic.name, topic.retired_on) == ("县委全会精神和部署", None)
    lines = AuditEvent.objects.filter(action__startswith="topic.").order_by("id")
    assert [line.action for line in lines] == [
        "topic.add", "topic.edit", "topic.retire", "topic.restore",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "reason"), [({"reason": "上级调整了安排"}, "上级调整了安排"), ({}, "")]
)
def test_why_a_topic_is_retired_stands_in_the_trail(admin, body, reason):
    topic = make_topic()
    assert "停用原因" in admin.get(edit(topic)).content.decode()
    admin.post(reverse("topic_retire", args=[topic.pk]), body)
    line = AuditEvent.objects.get(action="topic.retire")
    topic.refresh_from_db()
    assert line.after["reason"] == reason
    assert line.after["retired_on"] == str(topic.retired_on)


def test_a_reason_with_a_mark_of_secrecy_retires_nothing(admin):
    topic = make_topic()
    address = reverse("topic_retire", args=[topic.pk])
    page = admin.post(address, {"reason": "绝密★启用前"}, follow=True)
    assert "没有停用" in page.content.decode()
    assert not Topic.objects.filter(retired_on__isnull=False).exists()
    assert not AuditEvent.objects.filter(action="topic.retire").exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "关于某事的通知（机密★5年）"}, "name"),
        ({"due": "2025-12-31"}, "due"),
        ({"due": "2027-01-31"}, "due"),
        ({"content_group": 10}, "content_group"),
        ({"level": "world"}, "level"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(admin, changes, field):
    answer = admin.post(reverse("topic_new"), said(**changes))
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert not Topic.objects.exists()


def test_new_dates_are_asked_for_again_where_sessions_name_the_topic(admin, county):
    topic = make_topic()
    make_session(county.own, "submitted").topics.add(topic)
    body = said(due="2026-03-31", seal=seal_on(admin, topic))
    page = admin.post(edit(topic), body).content.decode()
    topic.refresh_from_db()
    assert topic.due == DAY
    assert "已有 1 次学习关联到这一项" in page
    admin.post(edit(topic), body | {"confirmed": "1"})
    topic.refresh_from_db()
    assert topic.due == dt.date(2026, 3, 31)


def test_a_new_name_is_not_asked_for_again(admin, county):
    topic = make_topic()
    make_session(county.own, "submitted").topics.add(topic)
    body = said(name="全会精神", seal=seal_on(admin, topic))
    assert admin.post(edit(topic), body).status_code == 302


def test_two_people_see_both_versions(admin):
    topic = make_topic()
    seal = seal_on(admin, topic)
    Topic.objects.update(name="他人写的")
    answer = admin.post(edit(topic), said(name="我写的", seal=seal))
    assert answer.status_code == 409
    assert ("内容", "我写的", "他人写的") in answer.context["differing"]
    topic.refresh_from_db()
    assert topic.name == "他人写的"
    admin.post(edit(topic), said(name="我写的", seal=answer.context["seal"]))
    topic.refresh_from_db()
    assert topic.name == "我写的"


def test_what_is_retired_or_concerns_others_is_not_offered_unless_on_record(county):
    other = Category.objects.create(code="township", name="乡镇")
    shared, retired, foreign, linked = (make_topic(name=name) for name in "甲乙丙丁")
    Topic.objects.filter(pk__in=[retired.pk, linked.pk]).update(retired_on=DAY)
    foreign.categories.add(other)
    make_session(county.own, "draft").topics.add(linked)
    offered = {topic.pk for topic in topics_of(county.own, DAY)}
    assert offered == {shared.pk, linked.pk}


def test_the_list_counts_what_the_reader_may_see(admin, county):
    topic = make_topic()
    make_topic(name="去年的", from_date="2025-01-01", due="2025-12-31")
    make_session(county.own, "draft").topics.add(topic)
    make_session(county.own, "submitted").topics.add(topic)
    make_session(county.sister, "accepted").topics.add(topic)
    make_session(county.abroad, "submitted").topics.add(topic)
    (row,) = admin.get(reverse("topic_list")).context["topics"]
    assert (row.unit_count, row.session_count) == (2, 2)
    (own,) = browser_of(county, "clerk").get(reverse("topic_list")).context["topics"]
    assert own.session_count == 1


@pytest.mark.parametrize("who", ["clerk", "approver", "auditor", "county_leader"])
def test_others_read_and_set_nothing(county, who):
    topic, browser = make_topic(), browser_of(county, who)
    page = browser.get(reverse("topic_list")).content.decode()
    assert "县委全会精神" in page
    assert edit(topic) not in page
    assert browser.post(edit(topic), said(name="改")).status_code == 403


def test_many_topics_cost_the_same_queries(admin, county):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            admin.get(reverse("topic_list"))
        return len(queries)

    make_topic()
    few = cost()
    for number in range(30):
        make_topic(name=f"内容{number}").categories.add(county.own.category)
    assert cost() == few
    assert few <= 12
