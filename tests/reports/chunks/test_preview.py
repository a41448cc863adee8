"""The preview of a large county's month: what waits, what is kept, and that it is never stale."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from reports.chunks import running
from reports.closing import ask_closing, close_month
from reports.closings.preview import KeptPreview, Preview, preview
from reports.closings.previewing import previewed
from reports.models import Closing, Job, MonthPreview
from tests.portal.county import make_assignment, make_user
from tests.reports.chunks.make import (
    LATER,
    MARCH,
    make_province,
    now,
    small_chunks,
    take_up,
)
from tests.reports.records import at, make_entry, make_rules, make_session, review
from units.access.roles import Role
from units.models import Unit

pytestmark = pytest.mark.django_db
TODAY = LATER.date()


@pytest.fixture(autouse=True)
def calls(settings):
    with time_machine.travel(LATER, tick=False), small_chunks(settings) as made:
        yield made


@pytest.fixture
def root() -> Unit:
    made = make_province()
    for code in ("A1", "B1"):
        unit = Unit.objects.get(code=code)
        make_session(unit, "2026-03-20", steps=[])
        make_session(unit, "2026-03-22", steps=["submit", "return"])
        review(make_session(unit, "2026-03-30", steps=[]), "submit", "2026-04-02")
    return made


def browser(root: Unit, role: Role = Role.DEPARTMENT_ADMIN) -> Client:
    user = make_user(role)
    make_assignment(user, role, root)
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, **asked: str) -> str:
    answer = client.get(reverse("closing_preview"), {"month": "2026-03", **asked})
    assert answer.status_code == 200
    return answer.content.decode()


def work(job: Job) -> None:
    take_up(job)
    running.run_chunks(job.pk, clock=now)
    take_up(job)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")


def of_all(root: Unit) -> Preview:
    return KeptPreview(Unit.objects.below(root), MARCH, TODAY).preview()


def test_workers_make_it_and_the_page_says_how_far_they_are(root):
    client = browser(root)
    assert "正在计算" in page(client)
    job = Job.objects.get()
    take_up(job)
    running.run_chunk(job.pk, clock=now)
    shown = page(client)
    assert 'hx-trigger="every 3s"' in shown
    assert "已完成 2 个单位，共 6 个" in shown
    work(job)
    shown = page(client)
    assert "月末尚未办结的学习记录（4 个单位）" in shown
    assert "2026年3月封账</button>" in shown
    assert Job.objects.count() == 1


def test_it_says_what_one_process_would_say(root):
    whole = preview(root, MARCH, TODAY)
    previewed(root, MARCH, now=now())
    work(Job.objects.get())
    assert MonthPreview.objects.count() == whole.units == 6
    assert previewed(root, MARCH, now=now()) == whole == of_all(root)
    assert whole.unsettled


def test_closing_the_month_takes_its_preview_away(root):
    of_all(root)
    by = make_user(Role.DEPARTMENT_ADMIN)
    ask_closing(root=root, month=MARCH, at=now(), by=by, origin={"role": "admin"})
    work(Job.objects.get())
    assert Closing.objects.count() == 1
    assert not MonthPreview.objects.exists()


def test_workers_that_are_late_keep_nothing_of_a_month_closed_meanwhile(root):
    previewed(root, MARCH, now=LATER)
    job = Job.objects.get()
    take_up(job)
    close_month(root=root, month=MARCH, at=LATER, by=None)
    running.run_chunks(job.pk, clock=now)
    take_up(job)
    assert not MonthPreview.objects.exists()


def test_only_what_changed_is_worked_out_again(root, monkeypatch):
    of_all(root)
    make_session(Unit.objects.get(code="A2"), "2026-03-25")
    kept = KeptPreview(Unit.objects.below(root), MARCH, TODAY)
    assert [head.code for head in kept.missing()] == ["A2"]
    assert kept.preview() == preview(root, MARCH, TODAY)
    assert not Job.objects.exists()


@pytest.mark.parametrize("change", ["rules", "entry", "day", "month"])
def test_nothing_holds_after_what_all_follow_from_has_changed(root, change):
    of_all(root)
    day = at("2026-04-09") if change == "day" else now()
    month = MARCH.previous if change == "month" else MARCH
    if change == "rules":
        make_rules(title="另一套", effective="2026-02-01", counted_statuses=["accepted"])
    elif change == "entry":
        for unit in Unit.objects.with_group():
            make_entry(unit, "新来的")
    with time_machine.travel(day, tick=False):
        assert not isinstance(previewed(root, month, now=day), Preview)
        work(Job.objects.get(kind="preview"))
        assert previewed(root, month, now=day) == preview(root, month, day.date())


def test_everybody_who_looks_waits_for_the_same_job(root, calls):
    for role in (Role.DEPARTMENT_ADMIN, Role.AUDITOR, Role.COUNTY_LEADER):
        assert "正在计算" in page(browser(root, role))
    assert Job.objects.count() == 1


def test_a_failure_is_told_and_not_tried_again_by_looking(root):
    client = browser(root)
    page(client)
    Job.objects.update(state="failed", error="任务连续 3 次中断，已停止重试。")
    for _ in range(2):
        shown = page(client)
        assert "预览没有算出来：任务连续 3 次中断" in shown
        assert "hx-trigger" not in shown
    assert Job.objects.count() == 1
    assert "正在计算" in page(client, again="1")
    assert Job.objects.count() == 2


def test_the_page_that_waited_loads_the_preview_itself(root):
    client = browser(root)
    page(client)
    work(Job.objects.get())
    answer = client.get(
        reverse("closing_preview"), {"month": "2026-03"}, headers={"HX-Request": "true"}
    )
    assert answer.headers["HX-Refresh"] == "true"


def test_an_outsider_starts_nothing_and_sees_only_the_own_county(root):
    page(browser(root))
    category = root.category
    abroad = Unit.objects.create(code="ABROAD", category=category, path="ABROAD/", has_group=False)
    shown = page(browser(abroad, Role.AUDITOR))
    assert "正在计算" not in shown
    assert "截至月末的学习记录都已办结" in shown
    clerk = browser(Unit.objects.get(code="A1"), Role.CLERK)
    assert clerk.get(reverse("closing_preview"), {"month": "2026-03"}).status_code == 403
    assert Job.objects.count() == 1


@pytest.mark.parametrize("units", [3, 30])
def test_queries_do_not_grow_with_units(settings, units, django_assert_max_num_queries):
    root = make_province(units)
    settings.AT_ONCE_UNITS = 2
    client = browser(root)
    of_all(root)
    client.get(reverse("help"))
    with django_assert_max_num_queries(15):
        page(client)
    with django_assert_max_num_queries(19):
        assert "正在计算" in page(client, month="2026-02")
    with django_assert_max_num_queries(9):
        page(client, month="2026-02")
