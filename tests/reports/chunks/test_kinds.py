"""Rollups, mails, facts and standings of a large county, in chunks and in one process."""

import datetime as dt

import pytest
import time_machine
from openpyxl import load_workbook

from reports import jobs, planner, tasks
from reports.chunks import leases, running
from reports.evaluation import evaluate_and_save
from reports.mailing import reading
from reports.models import (
    Delivery,
    Evaluation,
    Job,
    JobChunk,
    MailRun,
    PersonYear,
    UnitMonth,
    UnitStanding,
)
from reports.national_calendar import national_calendar
from reports.standings import renewing
from tests.reports.chunks.make import LATER, MARCH, make_province, now, small_chunks, take_up
from tests.reports.mail import make_schedule, make_user
from tests.reports.records import make_rules

pytestmark = pytest.mark.django_db
COLUMNS = ("unit_id", "standing", "figures", "checksum")


@pytest.fixture(autouse=True)
def calls(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path
    with time_machine.travel(LATER, tick=False), small_chunks(settings) as made:
        yield made


def done_in_chunks(job: Job) -> Job:
    assert not take_up(job)
    assert job.chunks.count() > 1
    running.run_chunks(job.pk, clock=now)
    assert take_up(job)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    return job


def test_chunks_evaluate_for_a_workbook_as_one_process_does(tmp_path):
    root = make_province()
    evaluate_and_save(root=root, as_of=MARCH.last, at=LATER)
    whole = list(Evaluation.objects.order_by("unit_id").values(*COLUMNS))
    Evaluation.objects.all().delete()
    job = done_in_chunks(jobs.ask_rollup(root=root, as_of=MARCH.last, asked_by=None, at=LATER))
    assert list(Evaluation.objects.order_by("unit_id").values(*COLUMNS)) == whole
    assert len(load_workbook(tmp_path / job.file).sheetnames) == 6


def test_progress_tells_of_units():
    job = jobs.ask_rollup(root=make_province(), as_of=MARCH.last, asked_by=None, at=LATER)
    take_up(job)
    running.run_chunk(job.pk, clock=now)
    job.refresh_from_db()
    size = JobChunk.objects.get(state="done").size
    assert job.words == f"已完成 {size} 个单位，共 9 个"
    assert 0 < job.percent < 40


@pytest.mark.parametrize("run", ["monthly", "reminder"])
def test_a_due_run_is_planned_in_chunks_and_queued_at_once(run):
    root = make_province()
    make_schedule(root, run=run, workday=1, first_period="2026-03")
    assert planner.plan_due(now=LATER, calendar=national_calendar()) == []
    planner.plan_due(now=LATER, calendar=national_calendar())
    job = Job.objects.get(kind=run)
    assert not MailRun.objects.exists()
    done_in_chunks(job)
    assert MailRun.objects.get().run == run
    queued = Delivery.objects.count()
    if run == "monthly":
        assert queued == 6
    planner.plan_due(now=LATER, calendar=national_calendar())
    assert (Job.objects.count(), Delivery.objects.count()) == (1, queued)


def test_a_run_that_could_not_be_planned_is_told_of_and_tried_again_in_an_hour():
    root = make_province()
    make_schedule(root, workday=1, first_period="2026-03")
    planner.plan_due(now=LATER, calendar=national_calendar())
    [told] = reading.planning(root, LATER)
    assert (told.label, told.has_failed) == ("2026年3月月度邮件", False)
    Job.objects.update(state="failed", error="原因。", finished_at=LATER)
    for minutes, number in ((5, 1), (60, 2)):
        planner.plan_due(now=LATER + dt.timedelta(minutes=minutes), calendar=national_calendar())
        assert Job.objects.count() == number
    Job.objects.latest("id").delete()
    [told] = reading.planning(root, LATER)
    assert (told.said, told.has_failed) == ("原因。", True)


def test_a_month_asked_for_by_a_person_is_queued_by_the_workers():
    root = make_province()
    who, calendar = make_user("admin"), national_calendar()
    job = planner.ask_month(root, MARCH, asked_by=who, now=LATER, calendar=calendar)
    done_in_chunks(job)
    assert Delivery.objects.count() == 6


def test_rules_that_count_otherwise_rework_all_facts_in_chunks(settings):
    make_province()
    before = dict(UnitMonth.objects.values_list("unit_id", "present"))
    make_rules(title="另一套", effective="2026-02-01", counted_statuses=["accepted"])
    assert dict(UnitMonth.objects.values_list("unit_id", "present")) == before != {}
    done_in_chunks(Job.objects.get(kind="facts"))
    assert not UnitMonth.objects.exists()
    assert not PersonYear.objects.filter(due__gt=0).exists()


def test_rules_that_replace_others_before_their_facts_were_reworked_lose_no_change():
    make_province()
    for month in ("02", "03"):
        make_rules(title=month, effective=f"2026-{month}-01", counted_statuses=["accepted"])
    [job] = Job.objects.filter(kind="facts")
    done_in_chunks(job)
    assert not UnitMonth.objects.exists()


def test_rules_that_count_the_same_touch_no_fact(django_assert_max_num_queries):
    make_province()
    make_rules(title="另一套", effective="2026-02-01")
    assert not Job.objects.filter(kind="facts").exists()


def test_standings_of_a_large_county_are_kept_in_chunks(monkeypatch):
    make_province()
    renewing.renew(now=LATER)
    done_in_chunks(Job.objects.get(kind="standings"))
    assert UnitStanding.objects.count() == 6
    renewing.renew(now=LATER)
    assert Job.objects.count() == 1


def test_the_sweep_calls_workers_for_chunks_and_no_job_that_is_shared_out(monkeypatch):
    job = jobs.ask_rollup(root=make_province(), as_of=MARCH.last, asked_by=None, at=LATER)
    take_up(job)
    called: list[str] = []

    def wake(task: str, **_arguments: object) -> bool:
        called.append(task)
        return True

    monkeypatch.setattr(tasks, "wake", wake)
    monkeypatch.setattr(running, "wake", wake)
    tasks.sweep()
    assert called.count("run_chunks") == job.chunks.count()
    assert "run_job" not in called
    assert leases.is_over(job.pk) is False


def test_what_is_left_of_a_job_that_failed_goes_with_the_day():
    root = make_province()
    ended, going = (
        jobs.ask_rollup(root=root, as_of=day, asked_by=None, at=LATER)
        for day in (MARCH.first, MARCH.last)
    )
    for job in (ended, going):
        take_up(job)
    jobs.give_up(ended.pk, "原因", now=LATER)
    tasks.clean_exports()
    assert not ended.chunks.exists()
    assert going.chunks.exists()
