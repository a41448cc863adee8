"""Runs on the page: counts, holding and letting go, sending now, what stands out."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from reports import clock_guard
from reports.closing import close_month
from reports.models import ClockReading, Delivery, MailRun
from reports.periods import Month
from tests.reports.emails.make import make_study
from tests.reports.mail import NOW, make_run, make_schedule, make_unit
from tests.reports.mailing.make import browser_of, mail_of, make_people, make_queued
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def july():
    with time_machine.travel(NOW, tick=False):
        yield


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_list_counts_states_and_says_what_the_data_is():
    people = make_queued()
    Delivery.objects.filter(unit__code="QS001").update(state="sent")
    page = text(browser_of(people["auditor"]).get("/mails/"))
    assert "待发 2" in page
    assert "已发 1" in page
    assert "实时数据（未封账）" in page
    assert "补发" not in page.split("已排队的批次")[1]


def test_the_next_runs_are_told_in_words():
    people = make_queued()
    make_schedule(Unit.objects.get(code="QS"), "reminder", workday=10)
    page = text(browser_of(people["auditor"]).get("/mails/"))
    assert "2026年8月5日（星期三）09:00 发送 2026年7月的邮件" in page
    assert "2026年7月14日（星期二）09:00 发送 2026年7月的邮件" in page


def test_a_run_is_held_and_let_go_as_a_whole_and_in_part():
    people = make_queued()
    browser, run = browser_of(people["department_admin"]), MailRun.objects.get()
    browser.post(f"/mails/runs/{run.pk}/hold/", {"all": "1"})
    assert set(Delivery.objects.values_list("state", flat=True)) == {"held"}
    browser.post(f"/mails/runs/{run.pk}/release/", {"rows": [mail_of("QS001").pk, "x", "0"]})
    assert mail_of("QS001").state == "queued"
    assert mail_of("QS002").state == "held"
    lines = AuditEvent.objects.filter(object_type="mailrun").order_by("id")
    assert [line.action for line in lines] == ["mail_hold", "mail_release"]
    assert lines[1].after["deliveries"] == [mail_of("QS001").pk]
    assert lines[1].role == "department_admin"


def test_what_is_sent_is_not_held():
    people = make_queued()
    Delivery.objects.update(state="sent")
    run = MailRun.objects.get()
    address = f"/mails/runs/{run.pk}/hold/"
    answer = browser_of(people["department_admin"]).post(address, {"all": "1"}, follow=True)
    assert "没有可以办理的邮件" in text(answer)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


@pytest.mark.parametrize("who", ["county_leader", "system_admin", "clerk"])
def test_outsiders_see_no_mail(who):
    people = make_queued()
    browser = browser_of(people[who])
    for address in ("/mails/", f"/mails/runs/{MailRun.objects.get().pk}/", "/mails/addresses/"):
        assert browser.get(address).status_code == 403


def test_an_auditor_looks_and_changes_nothing():
    people = make_queued()
    browser, run = browser_of(people["auditor"]), MailRun.objects.get()
    page = text(browser.get(f"/mails/runs/{run.pk}/"))
    assert "暂缓所选" not in page
    assert browser.post(f"/mails/runs/{run.pk}/hold/", {"all": "1"}).status_code == 403
    assert browser.post("/mails/upcoming/send/", {"period": "2026-06"}).status_code == 403


def test_another_countys_run_is_not_there():
    people = make_queued()
    run = make_run(make_unit("BS", has_group=False))
    assert browser_of(people["department_admin"]).get(f"/mails/runs/{run.pk}/").status_code == 404


def test_the_month_is_sent_now_once():
    root = make_study(2)
    people = make_people(root)
    browser = browser_of(people["department_admin"])
    assert "将发送 3 封" in text(browser.get("/mails/upcoming/?run=monthly&period=2026-06"))
    for _ in range(2):
        answer = browser.post("/mails/upcoming/send/", {"period": "2026-06"}, follow=True)
    assert "新排队 0 封，此前已排队 3 封" in text(answer)
    assert Delivery.objects.count() == 3
    assert AuditEvent.objects.filter(action="mail.plan").count() == 2


@pytest.mark.parametrize(("period", "said"), [("2026-07", "尚未结束"), ("2025-12", "早于")])
def test_a_month_that_is_not_due_is_not_sent(period, said):
    root = make_study(1)
    make_schedule(root)
    browser = browser_of(make_people(root)["department_admin"])
    assert said in text(browser.get(f"/mails/upcoming/?run=monthly&period={period}"))
    assert said in text(browser.post("/mails/upcoming/send/", {"period": period}, follow=True))
    assert not Delivery.objects.exists()


def test_a_closed_month_says_so():
    root = make_study(1)
    close_month(root=root, month=Month(2026, 6), at=NOW, by=None)
    browser = browser_of(make_people(root)["department_admin"])
    assert "已封账，邮件取封账数据" in text(browser.get("/mails/upcoming/?period=2026-06"))
    browser.post("/mails/upcoming/send/", {"period": "2026-06"})
    assert "封账数据，截至 2026-06-30" in text(browser.get("/mails/"))


def test_reminders_to_come_go_to_units_at_risk_only():
    with time_machine.travel("2026-07-27T02:00:00Z", tick=False):
        root = make_study(2)
        from_page = browser_of(make_people(root)["auditor"]).get("/mails/upcoming/?run=reminder")
    assert "按今天的记录" in text(from_page)
    assert "QS001单位" in text(from_page)


@pytest.mark.parametrize("period", ["2026-13", "x", "2026"])
def test_a_month_nobody_can_read_is_not_there(period):
    people = make_queued(1)
    browser = browser_of(people["department_admin"])
    assert browser.get(f"/mails/upcoming/?period={period}").status_code == 404
    assert browser.post("/mails/upcoming/send/", {"period": period}).status_code == 404


def test_what_stands_out_is_said_first(monkeypatch):
    people = make_queued()
    words = "暂时无法使用邮件服务器，稍后再试：refused"
    Delivery.objects.filter(unit__code="QS").update(
        next_try_at=NOW + timedelta(minutes=5), server_words=words
    )
    Delivery.objects.filter(unit__code="QS001").update(state="unknown")
    Delivery.objects.filter(unit__code="QS002").update(state="bounced")
    Unit.objects.filter(code="QS002").update(email="")
    page = text(browser_of(people["auditor"]).get("/mails/"))
    assert "邮件服务器暂时不能使用，1 封邮件在 09:05 之后自动再试" in page
    assert words in page
    assert "有 1 封邮件状态不明" in page
    assert "有 1 封邮件被退回" in page
    assert "有 1 个单位没有可用的邮箱" in page


def test_a_clock_set_forward_is_an_alarm_until_a_person_accepts_it(monkeypatch):
    people = make_queued()
    reading = clock_guard.Reading("boot", NOW, timedelta(hours=1))
    monkeypatch.setattr(clock_guard, "read_clocks", lambda: reading)
    zero = NOW - timedelta(days=40)
    ClockReading.objects.create(boot="boot", zero=zero, read_at=zero)
    assert "快了 39 天" in text(browser_of(people["auditor"]).get("/mails/"))
    assert ClockReading.objects.get().zero == zero
    browser = browser_of(people["department_admin"])
    browser.post("/mails/clock/")
    assert "快了" not in text(browser.get("/mails/"))
    assert AuditEvent.objects.filter(action="mail.clock").exists()


@pytest.mark.parametrize("units", [1, 12])
def test_the_pages_cost_the_same_for_few_and_many(units):
    people = make_queued(units)
    run = MailRun.objects.get()
    browser = browser_of(people["department_admin"])
    for address in ("/mails/", f"/mails/runs/{run.pk}/", "/mails/addresses/"):
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        assert len(queries) <= 16, (address, len(queries))
