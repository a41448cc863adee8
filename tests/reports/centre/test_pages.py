"""Asking, watching, cancelling, taking away: by whom, and what is said meanwhile."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import AuditEvent
from reports import jobs
from reports.closing import close_month
from reports.exports import cleaning
from reports.models import Job
from reports.periods import Month
from tests.reports.centre.make import ASKED, browser_of, make_county, make_done, run
from tests.reports.mail import NOW
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def exports(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path / "exports"
    return settings.EXPORTS_DIR


@pytest.fixture
def people():
    return make_county()


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_a_wish_becomes_a_workbook_to_take_away(people):
    browser = browser_of(people["auditor"])
    assert "已开始生成" in text(browser.post("/exports/ask/", ASKED, follow=True))
    job = run(Job.objects.get())
    page = text(browser.get("/exports/"))
    assert "青石县集中学习情况汇总-2026-06.xlsx" in page
    assert job.sha256 in page
    answer = browser.get(f"/exports/{job.pk}/file/")
    assert "attachment" in answer["Content-Disposition"]
    assert "%E9%9D%92%E7%9F%B3%E5%8E%BF" in answer["Content-Disposition"]
    assert hashlib.sha256(answer.getvalue()).hexdigest() == job.sha256
    line = AuditEvent.objects.get(action="export.download")
    assert line.after["sha256"] == job.sha256
    assert line.address


@pytest.mark.parametrize("kind", ["rollup", "ledger", "attendance"])
def test_whatever_is_printed_of_a_closed_month_says_that_it_is_closed(people, kind):
    browser = browser_of(people["department_admin"])
    close_month(root=Unit.objects.get(code="QS"), month=Month(2026, 6), at=NOW, by=None)
    page = browser.post("/exports/ask/", {**ASKED, "kind": kind}, follow=True)
    assert "截至 2026-06-30，封账数据" in text(page)
    assert Job.objects.get().parameters["closed"]


def test_asking_twice_shows_the_one_under_way(people):
    browser = browser_of(people["auditor"])
    browser.post("/exports/ask/", ASKED)
    page = text(browser.post("/exports/ask/", {**ASKED, "as_of": "2026-03-31"}, follow=True))
    assert "您已有一份“汇总表”正在生成" in page
    assert Job.objects.count() == 1
    browser.post("/exports/ask/", {**ASKED, "kind": "ledger"})
    browser_of(people["department_admin"]).post("/exports/ask/", ASKED)
    assert Job.objects.count() == 3


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"as_of": "2199-01-01"}, "不能晚于今天"),
        ({"as_of": "1999-01-01"}, "不能早于"),
        ({"unit": "没有这个局"}, "没有找到唯一的单位"),
        ({"kind": "attendance", "figures_only": "on"}, "出勤明细逐人列出"),
        ({"kind": "salaries"}, "salaries"),
    ],
)
def test_a_wish_that_cannot_be_is_refused_at_its_field(people, wish, said):
    answer = browser_of(people["auditor"]).post("/exports/ask/", ASKED | wish)
    assert said in text(answer)
    assert not Job.objects.exists()


def test_a_full_disk_takes_no_wish(people, monkeypatch):
    monkeypatch.setattr("reports.centre.views.has_room", lambda: False)
    assert "磁盘剩余空间不足" in text(browser_of(people["auditor"]).post("/exports/ask/", ASKED))
    assert not Job.objects.exists()


def test_a_leader_gets_figures_and_no_names_whatever_is_posted(people):
    browser = browser_of(people["county_leader"])
    page = text(browser.get("/exports/"))
    assert "出勤明细" not in page
    assert 'name="figures_only"' not in page
    assert browser.post("/exports/ask/", {**ASKED, "kind": "attendance"}).status_code == 200
    browser.post("/exports/ask/", {**ASKED, "figures_only": ""})
    job = run(Job.objects.get())
    assert job.parameters["figures_only"] is True
    assert browser.get(f"/exports/{job.pk}/file/").status_code == 200


def test_the_department_sees_what_was_asked_for_and_takes_only_its_own(people):
    browser_of(people["auditor"]).post("/exports/ask/", ASKED)
    job = run(Job.objects.get())
    other = browser_of(people["department_admin"])
    page = text(other.get("/exports/"))
    assert job.sha256 in page
    assert f"/exports/{job.pk}/file/" not in page
    assert other.get(f"/exports/{job.pk}/file/").status_code == 404
    assert other.post(f"/exports/{job.pk}/cancel/").status_code == 404
    assert job.sha256 not in text(browser_of(people["county_leader"]).get("/exports/"))


@pytest.mark.parametrize("who", ["clerk", "system_admin"])
def test_outsiders_are_kept_out(people, who):
    browser = browser_of(people[who])
    assert browser.get("/exports/").status_code == 403
    assert browser.post("/exports/ask/", ASKED).status_code == 403


def test_names_are_lost_with_the_role_that_saw_them(people):
    user = people["auditor"]
    browser_of(user).post("/exports/ask/", ASKED)
    job = run(Job.objects.get())
    user.assignments.update(role="county_leader")
    browser = browser_of(user)
    assert browser.get(f"/exports/{job.pk}/file/").status_code == 404
    assert browser.get(f"/exports/{job.pk}/progress/").status_code == 404


def test_progress_asks_again_until_it_is_over(people):
    browser = browser_of(people["auditor"])
    browser.post("/exports/ask/", ASKED)
    job = Job.objects.get()
    address = f"/exports/{job.pk}/progress/"
    part = text(browser.get(address, headers={"HX-Request": "true"}))
    assert 'hx-trigger="every 2s"' in part
    assert "排队中，马上开始" in part
    assert "<html" not in part
    Job.objects.update(asked_at=timezone.now() - timedelta(minutes=5))
    assert "后台程序暂时没有应答" in text(browser.get(address))
    run(job)
    part = text(browser.get(address, headers={"HX-Request": "true"}))
    assert "hx-trigger" not in part
    assert "下载" in part


def test_a_page_left_open_lets_the_session_end(people):
    browser_of(people["auditor"]).post("/exports/ask/", ASKED)
    Job.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    page = text(browser_of(people["auditor"]).get("/exports/"))
    assert "生成进度" in page
    assert "hx-trigger" not in page


def test_the_queue_is_told_in_words(people):
    browser_of(people["auditor"]).post("/exports/ask/", ASKED)
    browser_of(people["department_admin"]).post("/exports/ask/", ASKED)
    assert "前面还有 1 个任务" in text(browser_of(people["department_admin"]).get("/exports/"))


def test_a_failed_job_says_why(people):
    browser = browser_of(people["auditor"])
    browser.post("/exports/ask/", {**ASKED, "unit": "QS"} | {"alone": "on"})
    run(Job.objects.get())
    assert "该范围内没有可汇总的单位" in text(browser.get("/exports/"))


def test_cancelling_races_with_the_end(people):
    browser = browser_of(people["auditor"])
    browser.post("/exports/ask/", ASKED)
    job = Job.objects.get()
    assert "已取消" in text(browser.post(f"/exports/{job.pk}/cancel/", follow=True))
    assert "状态是“已取消”，不用取消" in text(
        browser.post(f"/exports/{job.pk}/cancel/", follow=True)
    )
    assert AuditEvent.objects.filter(action="job_cancel").count() == 1
    assert not jobs.run(job.pk, clock=timezone.now, work=lambda *_: pytest.fail("was cancelled"))


def test_after_its_time_the_file_goes_and_the_row_stays(people, exports):
    browser = browser_of(people["auditor"])
    browser.post("/exports/ask/", ASKED)
    job = run(Job.objects.get())
    now = timezone.now()
    assert cleaning.clean_exports(now=now + timedelta(days=29)) == 0
    assert cleaning.clean_exports(now=now + timedelta(days=31)) == 1
    assert list(exports.iterdir()) == []
    page = text(browser.get("/exports/"))
    assert "文件已过期清理" in page
    assert job.sha256 in page
    answer = browser.get(f"/exports/{job.pk}/file/", follow=True)
    assert "文件已过期清理，请重新申请" in text(answer)


def test_cleaning_spares_a_new_file_of_an_old_name(people, exports):
    browser = browser_of(people["auditor"])
    browser.post("/exports/ask/", ASKED)
    old = run(Job.objects.get())
    Job.objects.update(cleaned_at=timezone.now())
    (exports / old.file).unlink()
    browser.post("/exports/ask/", ASKED)
    new = run(Job.objects.latest("id"))
    assert new.file == old.file
    cleaning.clean_exports(now=timezone.now() + timedelta(days=1))
    assert (exports / new.file).is_file()


def test_cleaning_goes_on_past_what_vanishes_meanwhile(people, exports):
    browser = browser_of(people["auditor"])
    browser.post("/exports/ask/", ASKED)
    run(Job.objects.get())
    for name in (".job-1-a", "汇总"):
        (exports / name).symlink_to(exports / "gone")
    assert cleaning.clean_exports(now=timezone.now() + timedelta(days=31)) == 1
    assert not [path for path in exports.iterdir() if path.is_file()]


def test_a_lost_file_is_no_error(people, exports):
    browser = browser_of(people["auditor"])
    browser.post("/exports/ask/", ASKED)
    job = run(Job.objects.get())
    (exports / job.file).unlink()
    assert browser.get(f"/exports/{job.pk}/file/").status_code == 302


@pytest.mark.parametrize("number", [1, 19])
def test_the_page_costs_the_same_for_few_and_many(people, number):
    make_done(people["auditor"], number)
    browser = browser_of(people["auditor"])
    browser.get("/exports/")
    with CaptureQueriesContext(connection) as queries:
        browser.get("/exports/")
    assert len(queries) <= 15, [query["sql"][:90] for query in queries]


def test_the_workbook_for_one_category_says_so(people, exports):
    browser = browser_of(people["auditor"])
    browser.post("/exports/ask/", {**ASKED, "category": "township"})
    job = run(Job.objects.get())
    sheet = load_workbook(exports / job.file)["汇总表"]
    assert "范围：青石县 · 全部单位 · 乡镇" in str(sheet["A2"].value)
