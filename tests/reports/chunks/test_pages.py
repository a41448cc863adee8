"""What people see while workers close the month of a large county or plan its mails."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from reports.chunks import running
from reports.models import Closing, Delivery, Job
from tests.portal.county import make_assignment, make_user
from tests.reports.chunks.make import LATER, make_province, now, small_chunks, take_up
from units.access.roles import Role
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calls(settings):
    with time_machine.travel(LATER, tick=False), small_chunks(settings) as made:
        yield made


@pytest.fixture
def client() -> Client:
    user = make_user("admin")
    make_assignment(user, Role.DEPARTMENT_ADMIN, make_province())
    browser = Client()
    browser.force_login(user)
    return browser


def text(client: Client, name: str, **asked: str) -> str:
    return client.get(reverse(name), asked, follow=True).content.decode()


def close(client: Client) -> str:
    sent = {"month": "2026-03"}
    return client.post(reverse("month_close"), sent, follow=True).content.decode()


def test_a_large_county_is_closed_behind_the_page(client):
    assert "正在后台封账" in close(client)
    job = Job.objects.get()
    take_up(job)
    running.run_chunk(job.pk, clock=now)
    page = text(client, "closing_list")
    assert "正在封账" in page
    assert 'hx-trigger="every 3s"' in page
    assert "2026年3月正在封账" in text(client, "closing_preview", month="2026-03")
    running.run_chunks(job.pk, clock=now)
    take_up(job)
    assert Closing.objects.count() == 1
    page = text(client, "closing_list")
    assert "正在封账" not in page
    assert "hx-trigger" not in page


def test_the_list_says_why_a_month_was_not_closed(client):
    close(client)
    Job.objects.update(state="failed", error="封账期间发布了新的考核规则，请重新封账。")
    page = text(client, "closing_list")
    assert "封账没有完成：封账期间发布了新的考核规则" in page
    assert "预览并封账2026年3月" in page


def test_closings_are_no_jobs_of_the_report_centre(client):
    close(client)
    assert "封账 " not in text(client, "export_list")
    assert Job.objects.visible_to(Unit.objects.get(code="QS").assignments.get()).count() == 0


def test_a_large_countys_mails_are_planned_behind_the_page(client):
    sent = {"period": "2026-03"}
    for _ in range(2):
        page = client.post(reverse("mail_plan"), sent, follow=True).content.decode()
        assert "正在后台计算并排队" in page
    job = Job.objects.get()
    take_up(job)
    running.run_chunks(job.pk, clock=now)
    take_up(job)
    assert Delivery.objects.count() == 6
