"""One mail: previewed, stopped, let go, sent again; when mails go and where; the server tried."""

import re

import pytest
import time_machine
from django.urls import reverse

from accounts.models import AuditEvent
from reports.models import Delivery, MailSchedule
from tests.reports.emails.make import make_study
from tests.reports.mail import NOW
from tests.reports.mailing.make import browser_of, mail_of, make_people, make_queued
from tests.services.smtp import smtp_server
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def july():
    with time_machine.travel(NOW, tick=False):
        yield


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_mail_is_shown_in_a_frame_that_can_do_nothing():
    people = make_queued()
    browser, mail = browser_of(people["auditor"]), mail_of("QS001")
    page = text(browser.get(f"/mails/{mail.pk}/"))
    assert f'src="/mails/{mail.pk}/html/" sandbox=""' in page
    assert "2026年6月理论学习中心组学习情况提示" in page
    frame = browser.get(f"/mails/{mail.pk}/html/")
    policy = frame["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src 'none'" in policy
    assert frame["X-Frame-Options"] == "SAMEORIGIN"
    assert "青石县QS001单位" in text(frame)


@pytest.mark.parametrize("run", ["monthly", "reminder"])
@pytest.mark.parametrize("code", ["QS", "QS001", "QS002"])
def test_every_mail_can_be_read_before_it_is_queued(run, code):
    with time_machine.travel("2026-07-27T02:00:00Z", tick=False):
        browser = browser_of(make_people(make_study(2))["auditor"])
        period = "2026-06" if run == "monthly" else "2026-07"
        page = text(browser.get(f"/mails/drafts/{run}/{period}/{code}/"))
    if (run, code) == ("reminder", "QS"):
        assert "不会收到邮件" in page
    else:
        assert 'sandbox=""' in page
    assert not Delivery.objects.exists()


def test_a_preview_says_what_is_sent_later():
    root = make_study(2)
    browser = browser_of(make_people(root)["department_admin"])
    before = text(browser.get("/mails/drafts/monthly/2026-06/QS001/html/"))
    browser.post("/mails/upcoming/send/", {"period": "2026-06"})
    assert text(browser.get(f"/mails/{mail_of('QS001').pk}/html/")) == before


@pytest.mark.parametrize(
    "address", ["monthly/2026-13/QS001", "weekly/2026-06/QS001", "monthly/2026-06/BS001"]
)
def test_a_preview_of_nothing_is_not_there(address):
    browser = browser_of(make_queued(1)["auditor"])
    assert browser.get(f"/mails/drafts/{address}/").status_code == 404


def test_a_mail_is_stopped_and_let_go():
    people = make_queued()
    browser, mail = browser_of(people["department_admin"]), mail_of("QS001")
    browser.post(f"/mails/{mail.pk}/hold/")
    assert mail_of("QS001").state == "held"
    answer = browser.post(f"/mails/{mail.pk}/hold/", follow=True)
    assert "状态已经变化" in text(answer)
    browser.post(f"/mails/{mail.pk}/release/")
    assert mail_of("QS001").state == "queued"
    assert AuditEvent.objects.filter(object_type="delivery").count() == 2


def test_an_unknown_mail_is_sent_again_only_by_somebody_who_accepts_two():
    people = make_queued()
    mail = mail_of("QS001")
    Delivery.objects.filter(pk=mail.pk).update(state="unknown")
    browser = browser_of(people["department_admin"])
    assert "不能确认" in text(browser.get(f"/mails/{mail.pk}/resend/"))
    assert "请先确认" in text(browser.post(f"/mails/{mail.pk}/resend/"))
    assert mail_of("QS001").state == "unknown"
    browser.post(f"/mails/{mail.pk}/resend/", {"accepted": "on"})
    again = mail_of("QS001")
    assert (again.state, again.message_id) == ("queued", mail.message_id)


def test_a_refused_mail_goes_to_the_address_of_today():
    people = make_queued()
    mail = mail_of("QS001")
    Delivery.objects.filter(pk=mail.pk).update(state="bounced", server_words="550 no such user")
    browser = browser_of(people["department_admin"])
    Unit.objects.filter(code="QS001").update(email="")
    assert "没有可用的邮箱" in text(browser.post(f"/mails/{mail.pk}/resend/"))
    assert mail_of("QS001").state == "bounced"
    Unit.objects.filter(code="QS001").update(email="new@qs.example")
    assert "550 no such user" in text(browser.get(f"/mails/{mail.pk}/resend/"))
    browser.post(f"/mails/{mail.pk}/resend/")
    assert (mail_of("QS001").state, mail_of("QS001").recipient) == ("queued", "new@qs.example")


@pytest.mark.parametrize("state", ["queued", "sent", "held"])
def test_only_refused_and_unknown_mails_are_sent_again(state):
    people = make_queued()
    mail = mail_of("QS001")
    Delivery.objects.filter(pk=mail.pk).update(state=state)
    answer = browser_of(people["department_admin"]).post(f"/mails/{mail.pk}/resend/", follow=True)
    assert "只有" in text(answer)
    assert mail_of("QS001").state == state


def wish(version: int, **values: object) -> dict[str, object]:
    asked = {"enabled": "on", "workday": 5, "hour": 8, "first_period": "2026-07"} | values
    return {
        "run": "reminder",
        "reminder-version": version,
        **{f"reminder-{name}": value for name, value in asked.items()},
    }


def test_the_schedule_is_made_changed_and_told_in_words():
    browser = browser_of(make_people(make_study(1))["department_admin"])
    assert "目前停用" in text(browser.get("/mails/schedule/"))
    page = text(browser.post("/mails/schedule/", wish(0), follow=True))
    assert "下一次：2026年7月7日（星期二）08:00，发送 2026年7月的邮件" in page
    browser.post("/mails/schedule/", wish(1, workday=6))
    stored = MailSchedule.objects.get()
    assert (stored.run, stored.workday, stored.version) == ("reminder", 6, 2)
    line = AuditEvent.objects.filter(action="mail.schedule").latest("id")
    assert (line.before["workday"], line.after["workday"]) == (5, 6)


def test_two_who_change_the_schedule_at_once_lose_nothing():
    browser = browser_of(make_people(make_study(1))["department_admin"])
    browser.post("/mails/schedule/", wish(0))
    page = text(browser.post("/mails/schedule/", wish(0, workday=9)))
    assert "其他人刚刚改过这项计划" in page
    assert 'value="9"' in page
    assert MailSchedule.objects.get().workday == 5
    browser.post("/mails/schedule/", wish(1, workday=9))
    assert MailSchedule.objects.get().workday == 9


def test_a_schedule_that_is_due_at_once_warns():
    browser = browser_of(make_people(make_study(1))["department_admin"])
    due = {"run": "monthly", "monthly-enabled": "on", "monthly-workday": 1, "monthly-hour": 8,
           "monthly-first_period": "2026-06", "monthly-version": 0}  # fmt: skip
    assert "按此计划已经到期" in text(browser.post("/mails/schedule/", due, follow=True))


@pytest.mark.parametrize(
    "wrong", [{"workday": 0}, {"workday": 32}, {"hour": 24}, {"first_period": "2026年7月"}]
)
def test_a_schedule_that_cannot_be_is_refused(wrong):
    browser = browser_of(make_people(make_study(1))["department_admin"])
    assert 'aria-invalid="true"' in text(browser.post("/mails/schedule/", wish(0, **wrong)))
    assert not MailSchedule.objects.exists()


def test_a_missing_address_is_mended():
    people = make_queued()
    Unit.objects.filter(code="QS002").update(email="kaput")
    browser = browser_of(people["department_admin"])
    assert "QS002单位" in text(browser.get("/mails/addresses/"))
    address = reverse("mail_address", args=["QS002"])
    assert 'aria-invalid="true"' in text(browser.post(address, {"email": "a b", "version": "1"}))
    browser.post(address, {"email": "heal@qs.example", "version": "1"})
    assert "都有可用的邮箱" in text(browser.get("/mails/addresses/"))
    page = text(browser.post(address, {"email": "late@qs.example", "version": "1"}))
    assert "现在的邮箱是“heal@qs.example”" in page
    assert Unit.objects.get(code="QS002").email == "heal@qs.example"


def test_the_server_is_tried_with_a_mail_to_oneself(settings):
    user = make_people(make_study(1))["system_admin"]
    user.email = "sys@qs.example"
    user.save()
    with smtp_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        page = text(browser_of(user).post("/mails/server/"))
        assert "邮件服务器已接收" in page
        assert len(server.message_ids()) == 1
    assert "没有发出" in text(browser_of(user).post("/mails/server/"))
    lines = AuditEvent.objects.filter(action="mail.test").order_by("id")
    assert [line.after["ok"] for line in lines] == [True, False]


def test_a_refusal_is_shown_in_the_servers_words(settings):
    user = make_people(make_study(1))["system_admin"]
    user.email = "refused550@qs.example"
    user.save()
    with smtp_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        assert "550 5.1.1 no such user" in text(browser_of(user).post("/mails/server/"))


def test_without_an_address_of_ones_own_nothing_is_tried(settings):
    settings.EMAIL_HOST_PASSWORD = "Geheim-4711"
    browser = browser_of(make_people(make_study(1))["system_admin"])
    page = text(browser.post("/mails/server/"))
    assert "没有填写可用的电子邮箱" in page
    assert "Geheim" not in page


@pytest.mark.parametrize("who", ["auditor", "department_admin", "county_leader", "clerk"])
def test_nobody_else_tries_the_server(who):
    people = make_people(make_study(1))
    assert browser_of(people[who]).post("/mails/server/").status_code == 403


def test_a_broken_mail_is_said_to_be_broken(monkeypatch):
    people = make_queued()

    def fail(*args: object) -> None:
        raise KeyError("template")

    monkeypatch.setattr("reports.emails.compose.build", fail)
    browser, mail = browser_of(people["auditor"]), mail_of("QS001")
    assert "内容无法生成" in text(browser.get(f"/mails/{mail.pk}/"))
    assert "无法生成" in text(browser.get(f"/mails/{mail.pk}/html/"))
