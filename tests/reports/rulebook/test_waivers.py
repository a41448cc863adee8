"""Waivers: granted for several units, shown to them, revoked with a reason, never deleted."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEvent
from reports.evaluation import evaluate_unit
from reports.models import Waiver
from sessions.models import Topic
from tests.portal.county import make_county
from tests.reports.records import make_rules
from tests.reports.rulebook.make import browser_of

pytestmark = pytest.mark.django_db
JUNE = dt.date(2026, 6, 30)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-06-30 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def admin(county):
    return browser_of(county)


def wanted(*units, **changes):
    body = {
        "units": [unit.pk for unit in units], "approver": "测部长", "reason": "全员防汛",
        "obligations": ["monthly_sessions 2026-03", "quarterly_discussions 2026-Q1"],
        "granted_on": "2026-03-31", "document": "部务会纪要",
    }  # fmt: skip
    return body | changes


def make_waiver(unit, **changes) -> Waiver:
    values = {
        "rule": "monthly_sessions", "period": "2026-03", "approver": "测部长", "reason": "防汛",
        "granted_on": "2026-03-31",
    }  # fmt: skip
    return Waiver.objects.create(unit=unit, **values | changes)


def outcome(unit, rule="monthly_sessions", period="2026-03") -> str:
    evaluated = evaluate_unit(unit, JUNE)
    assert evaluated is not None
    results = evaluated.evaluation.results
    return next(one.outcome for one in results if (one.rule, one.period) == (rule, period))


def test_several_units_are_excused_at_once_and_a_second_click_adds_nothing(admin, county):
    make_rules()
    for _ in range(2):
        page = admin.post(reverse("waiver_new"), wanted(county.own, county.sister), follow=True)
    assert Waiver.objects.count() == 4
    assert "没有重复登记" in page.content.decode()
    assert outcome(county.own) == outcome(county.sister) == "waived"
    (line,) = AuditEvent.objects.filter(action="waiver.grant")
    assert ["QS001", "monthly_sessions", "2026-03"] in line.after["waivers"]
    assert line.after["approver"] == "测部长"


def test_a_revoked_waiver_stays_on_record_and_the_unit_owes_again(admin, county):
    make_rules()
    waiver = make_waiver(county.own)
    address = reverse("waiver_revoke", args=[waiver.pk])
    assert admin.post(address, {"reason": ""}).status_code == 400
    admin.post(address, {"reason": "误登"})
    admin.post(address, {"reason": "又一次"})
    waiver.refresh_from_db()
    assert (waiver.revoke_reason, waiver.revoked_on) == ("误登", JUNE)
    assert outcome(county.own) == "missed"
    assert AuditEvent.objects.filter(action="waiver.revoke").count() == 1
    page = admin.get(reverse("waiver_list"), {"state": "revoked"}).content.decode()
    assert "误登" in page


def test_a_revoked_one_may_be_granted_anew_and_no_standing_one_twice(admin, county):
    make_waiver(county.own, revoked_on=JUNE, revoke_reason="误登")
    one_month = wanted(county.own, obligations=["monthly_sessions 2026-03"])
    admin.post(reverse("waiver_new"), one_month)
    assert Waiver.objects.standing().count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        make_waiver(county.own)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"approver": ""}, "approver"),
        ({"reason": ""}, "reason"),
        ({"reason": "见机密★10年文件"}, "reason"),
        ({"granted_on": "2026-07-01"}, "granted_on"),
        ({"obligations": []}, "obligations"),
        ({"obligations": ["monthly_sessions 2026-13"]}, "obligations"),
        ({"obligations": ["photos 2026"]}, "obligations"),
        ({"units": []}, "units"),
    ],
)
def test_what_is_wrong_is_said_at_the_field(admin, county, changes, field):
    answer = admin.post(reverse("waiver_new"), wanted(county.own, **changes))
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert not Waiver.objects.exists()


def test_a_required_topic_can_be_waived_by_name(admin, county):
    topic = Topic.objects.create(
        name="县委全会精神",
        level="county",
        content_group=3,
        from_date="2026-01-01",
        due="2026-03-31",
    )
    make_rules()
    admin.post(
        reverse("waiver_new"), wanted(county.own, obligations=[f"required_topics {topic.pk}"])
    )
    assert outcome(county.own, "required_topics", str(topic.pk)) == "waived"
    assert "必学内容《县委全会精神》" in admin.get(reverse("waiver_list")).content.decode()


def test_a_unit_sees_its_own_and_nobody_elses(county):
    make_waiver(county.own, reason="本单位防汛")
    make_waiver(county.sister, reason="外单位防汛")
    page = browser_of(county, "clerk").get(reverse("waiver_list")).content.decode()
    assert "本单位防汛" in page
    assert "外单位防汛" not in page
    assert "撤销…" not in page


def test_a_strange_countys_unit_is_absent(admin, county):
    assert admin.post(reverse("waiver_new"), wanted(county.abroad)).status_code == 404
    assert AuditEvent.objects.filter(action="access.foreign").count() == 1
    foreign = make_waiver(county.abroad)
    assert admin.get(reverse("waiver_revoke", args=[foreign.pk])).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 1),
        ({"state": "revoked"}, 1),
        ({"state": ""}, 2),
        ({"state": "", "q": "甲局"}, 2),
        ({"state": "", "q": "乙局"}, 0),
        ({"state": "", "year": "2025"}, 0),
        ({"state": "x"}, 2),
    ],
)
def test_the_list_is_filtered(admin, county, query, found):
    make_waiver(county.own)
    make_waiver(county.own, period="2026-04", revoked_on=JUNE, revoke_reason="误登")
    rows = admin.get(reverse("waiver_list"), query).context["rows"]
    assert len(rows) == found


def test_many_waivers_cost_the_same_queries(admin, county):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            admin.get(reverse("waiver_list"))
        return len(queries)

    make_waiver(county.own)
    few = cost()
    for month in range(4, 13):
        make_waiver(county.own, period=f"2026-{month:02}")
        make_waiver(county.sister, period=f"2026-{month:02}")
    assert cost() == few
    assert few <= 12
