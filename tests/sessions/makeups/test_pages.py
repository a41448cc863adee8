"""Entering and confirming make-ups, several at a time."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from sessions.signals import records_changed
from tests.portal.county import make_county
from tests.sessions.makeups.make import make_absence, make_day, make_member

pytestmark = pytest.mark.django_db

DAY, TODAY = date(2026, 3, 4), date(2026, 3, 20)
RECORD = {"made_on": "2026-03-10", "method": "materials"}
CONFIRM = {"on": "2026-03-12", "confirmer": "测组长"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2026-03-20 10:00+08:00", tick=False):
        yield


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def clerk(county):
    client = Client()
    client.force_login(county["clerk"])
    return client


def post(client, route, rows, body):
    return client.post(reverse(route), {"rows": [row.pk for row in rows]} | body, follow=True)


def shown(client, step: str = "open") -> str:
    return str(client.get(reverse("makeup_list"), {"step": step}).content.decode())


def test_several_are_entered_and_confirmed_at_once(clerk, county):
    rows = [make_absence(county.own, DAY, name) for name in ("测甲", "测乙", "测丙")]
    page = post(clerk, "makeup_record", rows, RECORD).content.decode()
    assert "已办理 3 人次" in page
    assert "待补学（0）" in page
    post(clerk, "makeup_confirm", rows, CONFIRM)
    for row in rows:
        row.refresh_from_db()
        assert (row.makeup_date, row.makeup_method) == (date(2026, 3, 10), "materials")
        assert (row.makeup_confirmed_on, row.makeup_confirmer) == (date(2026, 3, 12), "测组长")
    assert all(name in shown(clerk, "done") for name in ("测甲", "测乙", "测丙"))
    lines = AuditEvent.objects.filter(action__startswith="makeup.").order_by("id")
    assert [line.action for line in lines] == ["makeup.record", "makeup.confirm"]
    assert lines[1].after["rows"] == sorted(row.pk for row in rows)


def test_with_a_confirmer_one_step_is_enough(clerk, county):
    row = make_absence(county.own, DAY)
    post(clerk, "makeup_record", [row], RECORD | {"confirmer": "测组长"})
    row.refresh_from_db()
    assert row.makeup_confirmed_on == TODAY
    assert AuditEvent.objects.filter(action__startswith="makeup.").count() == 1


@pytest.mark.parametrize(
    ("route", "already", "body", "said"),
    [
        ("makeup_record", {}, {"made_on": "2026-03-03"}, "早于学习时间2026年3月4日"),
        ("makeup_record", {}, {"made_on": "2026-03-21"}, "还没有到"),
        ("makeup_record", {"makeup_date": DAY, "makeup_method": "briefing"}, {}, "单独传达"),
        ("makeup_confirm", {}, {}, "还没有登记补学日期"),
        ("makeup_confirm", {"makeup_date": date(2026, 3, 15)}, {}, "早于补学日期2026年3月15日"),
        ("makeup_confirm", {"makeup_date": DAY}, {"on": "2026-03-21"}, "还没有到"),
        (
            "makeup_confirm",
            {"makeup_date": DAY, "makeup_confirmed_on": DAY, "makeup_confirmer": "测乙"},
            {},
            "已由测乙在2026年3月4日确认",
        ),
        ("makeup_undo", {}, {}, "没有可以撤销"),
    ],
)
def test_one_row_in_the_way_stops_all(clerk, county, route, already, body, said):
    entered = {} if route == "makeup_record" else {"makeup_date": DAY}
    good = make_absence(county.own, DAY, "测甲", **entered)
    bad = make_absence(county.own, DAY, "测乙", **already)
    base = RECORD if route == "makeup_record" else CONFIRM
    answer = post(clerk, route, [good, bad], base | body)
    assert answer.status_code == 409
    assert said in answer.content.decode()
    assert not AuditEvent.objects.filter(action=route.replace("_", ".")).exists()
    for row in (good, bad):
        was = (row.makeup_date, row.makeup_confirmed_on)
        row.refresh_from_db()
        assert (row.makeup_date, row.makeup_confirmed_on) == was


def test_undoing_goes_back_one_step(clerk, county):
    confirmed = {"makeup_confirmed_on": DAY, "makeup_confirmer": "测组长"}
    row = make_absence(county.own, DAY, "测甲", makeup_date=DAY, **confirmed)
    for step, left in (("done", DAY), ("recorded", None)):
        post(clerk, "makeup_undo", [row], {"step": step})
        row.refresh_from_db()
        assert row.makeup_confirmed_on is None
        assert row.makeup_date == left


def test_nothing_ticked_is_said(clerk, county):
    answer = post(clerk, "makeup_record", [], RECORD)
    assert answer.status_code == 400
    assert "请先勾选" in answer.content.decode()


def test_a_missing_date_is_said_at_the_field_and_the_ticks_stay(clerk, county):
    row = make_absence(county.own, DAY)
    answer = post(clerk, "makeup_record", [row], {"method": "materials"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "id_made_on_error" in page
    assert f'value="{row.pk}" id="row-{row.pk}" aria-label="测甲，2026-03-04" checked' in page


def test_only_what_is_owed_is_listed(clerk, county):
    make_absence(county.own, DAY, "测甲")
    make_absence(county.own, DAY, "测乙", status="leave", leave_kind="sick")
    make_absence(county.own, DAY, "测丙", status="leave", leave_kind="maternity")
    make_absence(county.own, DAY, "测丁", status="late")
    make_absence(county.own, DAY, "测戊", session=make_day(county.own, DAY, "draft"))
    make_absence(county.own, DAY, "测己", session=make_day(county.own, DAY, form="adjacent"))
    make_absence(county.own, date(2024, 3, 4), "测庚")
    make_absence(county.sister, DAY, "测辛")
    page = shown(clerk)
    assert [name for name in "甲乙丙丁戊己庚辛" if f"测{name}</label>" in page] == ["甲", "乙"]


def test_a_foreign_row_is_absent(clerk, county):
    row = make_absence(county.sister, DAY)
    assert post(clerk, "makeup_record", [row], RECORD).status_code == 404
    assert AuditEvent.objects.filter(action="access.foreign").count() == 1
    row.refresh_from_db()
    assert row.makeup_date is None


def test_the_approver_only_looks(county):
    client = Client()
    client.force_login(county["approver"])
    make_absence(county.own, DAY)
    page = shown(client)
    assert "测甲" in page
    assert "登记补学" not in page


def test_reports_hear_of_the_sessions_year(clerk, county):
    row = make_absence(county.own, date(2025, 12, 30))
    heard = []

    def listen(sender, unit_ids, years, **kwargs):
        heard.append((unit_ids, years))

    records_changed.connect(listen)
    try:
        post(clerk, "makeup_record", [row], RECORD)
    finally:
        records_changed.disconnect(listen)
    assert heard == [({county.own.pk}, {2025})]


@pytest.mark.parametrize("number", [1, 60])
def test_the_page_asks_little(clerk, county, number, django_assert_max_num_queries):
    session = make_day(county.own, DAY)
    for at in range(number):
        make_member(county.own, f"测{at}")
        make_absence(county.own, DAY, f"测{at}", session=session)
    shown(clerk)  # the first page after signing in also notes the role
    with django_assert_max_num_queries(12):
        assert shown(clerk).count('name="rows"') == number
