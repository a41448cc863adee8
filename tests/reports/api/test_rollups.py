"""Workbooks asked for by programs: the report centre's own, in its words."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEvent
from reports.models import Job
from tests.reports.api.make import queries_of, read
from tests.reports.centre.make import browser_of, make_county, make_done, run
from units.models import Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(settings, tmp_path):
    settings.EXPORTS_DIR = tmp_path
    return make_county()


def post(browser: Client, body: dict[str, Any], **headers: str) -> Any:
    return browser.post(
        "/api/v1/rollups", json.dumps(body), content_type="application/json", headers=headers
    )


def errors_of(answer: Any) -> dict[str, str]:
    return {each["field"]: each["message"] for each in answer.json()["errors"]}


def test_a_workbook_is_asked_for_made_and_fetched(people):
    browser = browser_of(people["auditor"])
    asked = post(browser, {"month": "2026-06", "unit": "QS"})
    assert (asked.status_code, asked.json()["state"]) == (202, "queued")
    address = asked.headers["Location"]
    assert address == f"/api/v1/rollups/{asked.json()['id']}"
    run(Job.objects.get())
    done = browser.get(address).json()
    assert (done["state"], done["progress"]["percent"], done["as_of"]) == (
        "done",
        100,
        "2026-06-30",
    )
    file = browser.get(done["file"]["url"])
    assert len(file.getvalue()) == done["file"]["size"]
    line = AuditEvent.objects.get(action="export.download")
    assert line.after["sha256"] == done["file"]["sha256"]


def test_the_trail_says_the_same_as_of_the_page(people):
    browser = browser_of(people["auditor"])
    browser.post("/exports/ask/", {"kind": "rollup", "as_of": "2026-06-30"})
    Job.objects.all().update(state="done")
    post(browser, {"as_of": "2026-06-30"})
    page, api = AuditEvent.objects.filter(action="export.ask").order_by("pk")
    assert page.after == api.after


def test_the_same_wish_again_is_the_same_job_and_another_one_waits(people):
    browser = browser_of(people["auditor"])
    first = post(browser, {"as_of": "2026-06-30"}).json()
    assert post(browser, {"month": "2026-06"}).json()["id"] == first["id"]
    other = post(browser, {"as_of": "2026-05-31"})
    assert (other.status_code, other.json()["type"]) == (409, "urn:problem:wrong-state")
    assert "您已有一份“汇总表”正在生成" in other.json()["detail"]


def test_a_repeated_request_gets_the_first_answer(people):
    browser = browser_of(people["auditor"])
    answers = [post(browser, {}, **{"Idempotency-Key": "k1"}) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[1].headers["Idempotency-Replayed"] == "true"
    assert answers[1].headers["Location"] == answers[0].headers["Location"]


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({"as_of": "9999-12-31"}, "as_of", "不能晚于今天"),
        ({"as_of": "2019-12-31"}, "as_of", "不能早于 2020 年"),
        ({"month": "9999-12"}, "month", "不能晚于今天"),
        ({"month": "0000-01"}, "month", "2026-06"),
        ({"month": "2026-06", "as_of": "2026-06-30"}, "month", "只填一项"),
        ({"kind": "all"}, "kind", "选项"),
        ({"category": "missing"}, "category", "选择一个有效的选项"),
        ({"kind": "attendance", "figures_only": True}, "figures_only", "出勤明细逐人列出"),
        ({"sheet": 1}, "sheet", "没有这个栏目"),
        ({"unit": ["QS"]}, "unit", "字符串"),
    ],
)
def test_a_wish_that_makes_no_sense_is_refused_in_the_words_of_the_page(people, body, field, said):
    answer = post(browser_of(people["auditor"]), body)
    assert answer.status_code == 400
    assert said in errors_of(answer)[field]
    assert not Job.objects.exists()


@pytest.mark.parametrize(("code", "status"), [("QS", 200), ("BS", 404), ("none", 404)])
@pytest.mark.parametrize("role", ["auditor", "county_leader"])
def test_jobs_are_looked_for_by_a_unit_in_reach(people, role, code, status):
    Unit.objects.get_or_create(
        code="BS", defaults={"category": Unit.objects.all()[0].category, "path": "BS/"}
    )
    answer = browser_of(people[role]).get("/api/v1/rollups", {"unit": code})
    foreign = AuditEvent.objects.filter(action="access.foreign").count()
    assert (answer.status_code, foreign) == (status, int(code == "BS"))


def test_a_leader_gets_figures_without_names(people):
    browser = browser_of(people["county_leader"])
    assert post(browser, {"kind": "attendance"}).status_code == 400
    assert post(browser, {"figures_only": False}).json()["figures_only"] is True
    make_done(people["auditor"])
    assert read(browser, "rollups")["count"] == 1


def test_a_foreign_unit_is_as_absent_as_a_missing_one(people):
    browser = browser_of(people["auditor"])
    for code in ("BS", "XX"):
        assert post(browser, {"unit": code}).status_code == 404


def test_without_room_on_the_disk_nothing_is_begun(people, monkeypatch):
    monkeypatch.setattr("reports.api.rollups.has_room", lambda: False)
    answer = post(browser_of(people["auditor"]), {})
    assert (answer.status_code, Job.objects.count()) == (503, 0)
    assert "磁盘剩余空间不足" in answer.json()["detail"]


def test_whoever_asked_may_cancel_and_nobody_else(people):
    browser = browser_of(people["auditor"])
    address = post(browser, {}).headers["Location"]
    assert browser_of(people["department_admin"]).delete(address).status_code == 404
    assert browser.delete(address).status_code == 204
    assert browser.get(address).json()["state"] == "cancelled"
    again = browser.delete(address)
    assert again.status_code == 409
    assert again.json()["detail"] == "这份报表的状态是“已取消”，不用取消。"
    assert AuditEvent.objects.filter(action="job_cancel").count() == 1


def test_a_file_that_is_not_there_is_said_so(people):
    browser = browser_of(people["auditor"])
    address = post(browser, {}).headers["Location"]
    waiting = browser.get(f"{address}/file")
    assert (waiting.status_code, waiting.json()["detail"]) == (409, "这份报表没有可下载的文件。")
    [old] = make_done(people["auditor"])
    gone = browser.get(f"/api/v1/rollups/{old.pk}/file")
    assert gone.json()["detail"] == "文件已过期清理，请重新申请。"


def test_others_see_the_job_but_no_way_to_its_file(people):
    run(Job.objects.get(pk=post(browser_of(people["auditor"]), {}).json()["id"]))
    [seen] = read(browser_of(people["department_admin"]), "rollups", state="done")["results"]
    assert seen["file"]["url"] is None
    assert (seen["asked_by"], seen["unit"]) == ("测auditor", Unit.objects.get(code="QS").code)


def test_why_a_job_failed_is_told(people):
    browser = browser_of(people["auditor"])
    address = post(browser, {"as_of": "2021-06-30", "unit": "QS001"}).headers["Location"]
    Job.objects.update(state="failed", error="该范围内没有可汇总的单位。")
    told = browser.get(address).json()
    assert (told["state"], told["error"]) == ("failed", "该范围内没有可汇总的单位。")


def test_a_workbook_may_be_asked_for_by_its_own_media_type(people):
    browser = browser_of(people["auditor"])
    address = post(browser, {}).headers["Location"]
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = browser.get(f"{address}/file", headers={"Accept": kind})
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["status"] == 409


def test_queries_do_not_grow_with_jobs(people):
    browser = browser_of(people["auditor"])
    make_done(people["auditor"], 30)
    one = queries_of(browser, "rollups", page_size=1)
    assert queries_of(browser, "rollups") == one <= 12
