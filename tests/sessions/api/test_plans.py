"""Plans listed, begun, written and adjusted by other programs."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from sessions.models import AnnualPlan, PlanItem, Status
from tests.portal.county import make_unit
from tests.reports.api.make import queries_of
from tests.sessions.api.calling import caller_of, errors
from tests.sessions.plans.make import YEAR, file_plan, form_of, link_session, make_plan

pytestmark = pytest.mark.django_db
MARCH = {"period": f"{YEAR}-03", "topic": "学习宪法", "form": "collective"}
TALK = {"period": f"{YEAR}-Q2", "topic": "防汛", "form": "discussion", "is_discussion": True}


def new(county, **more: Any) -> dict[str, Any]:
    return {"unit": county.own.code, "year": YEAR} | more


def address(plan: AnnualPlan) -> str:
    return f"/plans/{plan.pk}"


def lines(action: str) -> list[tuple[Any, Any]]:
    rows = AuditEvent.objects.filter(action=action).order_by("pk")
    return [(row.before, row.after) for row in rows]


def test_a_plan_is_begun_as_the_page_begins_it(scene):
    county, clerk = scene
    answer = clerk.post("/plans", new(county))
    shown = answer.json()
    assert (answer.status_code, shown["status"], shown["items"]) == (201, "draft", [])
    assert answer.headers["Location"] == f"/api/v1/plans/{shown['id']}"
    assert clerk.get(f"/plans/{shown['id']}").headers["ETag"] == answer.headers["ETag"]
    by_api = lines("plan.create")
    AnnualPlan.objects.all().delete()
    clerk.client.post(reverse("plan_create"), {"year": YEAR})
    assert AnnualPlan.objects.get().title == shown["title"]
    assert lines("plan.create") == by_api * 2


def test_a_whole_plan_is_written_at_once(scene):
    county, clerk = scene
    head = {"title": "计划", "basis": "规则", "approved_by": "组长", "approved_on": f"{YEAR}-01-01"}
    shown = clerk.post("/plans", new(county, **head, items=[TALK, MARCH])).json()
    assert {name: shown[name] for name in head} == head
    assert [item["topic"] for item in shown["items"]] == ["防汛", "学习宪法"]
    assert [item["is_discussion"] for item in shown["items"]] == [True, False]
    assert [after["year"] for _before, after in lines("plan.create")] == [YEAR]
    assert [len(after["items"]) for _before, after in lines("plan.save")] == [2]


def test_the_same_twice_makes_one_plan_and_another_is_refused(scene):
    county, clerk = scene
    first = clerk.post("/plans", new(county, items=[MARCH])).json()
    again = clerk.post("/plans", new(county, items=[MARCH]))
    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    other = clerk.post("/plans", new(county, items=[TALK]))
    assert (other.status_code, other.json()["detail"]) == (
        409, f"{YEAR}年的计划已经有了，请修改那一份。",
    )  # fmt: skip
    assert (AnnualPlan.objects.count(), len(lines("plan.create"))) == (1, 1)


def test_an_item_with_its_id_stays_the_same_and_keeps_its_sessions(scene):
    county, clerk = scene
    plan = make_plan(county.own, "03", "04")
    march, april = plan.items.all()
    link_session(march)
    sent = {"items": [TALK, {"id": march.pk, "topic": "学习宪法"}]}
    shown = clerk.patch(address(plan), sent).json()
    assert [item["sessions"] for item in shown["items"]] == [0, 1]
    assert (shown["items"][1]["id"], shown["items"][1]["period"]) == (march.pk, f"{YEAR}-03")
    assert (shown["items"][1]["is_done"], shown["version"]) == (True, 2)
    assert not PlanItem.objects.filter(pk=april.pk).exists()


def test_what_is_not_named_stays_and_the_trail_says_what_the_pages_says(scene):
    county, clerk = scene
    plan = make_plan(county.own)
    assert clerk.patch(address(plan), {"basis": "规则"}).json()["items"][0]["topic"] == "专题1"
    AnnualPlan.objects.update(basis="")
    clerk.client.post(reverse("plan_edit", args=[plan.pk]), form_of(plan, basis="规则"))
    by_api, by_page = lines("plan.save")
    assert by_api == by_page == ({"basis": ""}, {"basis": "规则"})


# What a clerk types, what a program sends, and the field as each calls it.
BAD: list[tuple[dict[str, str], dict[str, Any], str]] = [
    ({"title": ""}, {"title": ""}, "title"),
    ({"title": "长" * 201}, {"title": "长" * 201}, "title"),
    ({"basis": "机密★10年"}, {"basis": "机密★10年"}, "basis"),
    ({"basis": "长" * 2001}, {"basis": "长" * 2001}, "basis"),
    ({"approved_by": "长" * 61}, {"approved_by": "长" * 61}, "approved_by"),
    ({"approved_by": "甲\x00"}, {"approved_by": "甲\x00"}, "approved_by"),
    ({"approved_on": "2026-02-30"}, {"approved_on": "2026-02-30"}, "approved_on"),
    ({"approved_on": "9999-12-31"}, {"approved_on": "9999-12-31"}, "approved_on"),
]
BAD_ITEM: list[tuple[dict[str, str], dict[str, Any], str]] = [
    ({"period": f"{YEAR}-13"}, {"period": f"{YEAR}-13"}, "period"),
    ({"period": f"{YEAR - 1}-03"}, {"period": f"{YEAR - 1}-03"}, "period"),
    ({"period": ""}, {"period": None}, "period"),
    ({"topic": ""}, {"topic": ""}, "topic"),
    ({"topic": "机密★10年"}, {"topic": "机密★10年"}, "topic"),
    ({"form": "party"}, {"form": "party"}, "form"),
    ({"form": ""}, {"form": None}, "form"),
    ({"content": "长" * 2001}, {"content": "长" * 2001}, "content"),
    ({"speakers": "长" * 201}, {"speakers": "长" * 201}, "speakers"),
    ({"owner": "长" * 101}, {"owner": "长" * 101}, "owner"),
]


@pytest.mark.parametrize(("typed", "sent", "field"), BAD)
def test_a_bad_head_is_told_in_the_words_of_the_page(scene, typed, sent, field):
    county, clerk = scene
    plan = make_plan(county.own)
    page = clerk.client.post(reverse("plan_edit", args=[plan.pk]), form_of(plan, **typed))
    wanted = {field: list(page.context["editor"].head.errors[field])}
    assert errors(clerk.patch(address(plan), sent)) == wanted
    plan.delete()
    assert errors(clerk.post("/plans", new(county, **sent))) == wanted
    assert not AnnualPlan.objects.exists()


@pytest.mark.parametrize(("typed", "sent", "field"), BAD_ITEM)
def test_a_bad_item_is_told_in_the_words_of_the_page(scene, typed, sent, field):
    county, clerk = scene
    plan = make_plan(county.own)
    typed = {f"items-0-{name}": value for name, value in typed.items()}
    page = clerk.client.post(reverse("plan_edit", args=[plan.pk]), form_of(plan, **typed))
    wanted = {f"items.0.{field}": list(page.context["editor"].rows.forms[0].errors[field])}
    row = {"id": plan.items.get().pk} | sent
    assert errors(clerk.patch(address(plan), {"items": [row]})) == wanted
    plan.delete()
    answer = clerk.post("/plans", new(county, items=[MARCH | sent]))
    assert (answer.status_code, errors(answer)) == (400, wanted)


@pytest.mark.parametrize(
    ("items", "wanted"),
    [
        ([{}], ["items.0.topic"]),
        ([MARCH, {"topic": "缺时间和形式"}], ["items.1.form", "items.1.period"]),
        ([MARCH | {"state": "done"}], ["items.0.state"]),
        ([MARCH | {"note": "因防汛"}], ["items.0.note"]),
        ([MARCH | {"sessions": 1}], ["items.0.sessions"]),
        ([MARCH] * 81, ["items"]),
        ([MARCH] * 300, ["items"]),
        ("学习宪法", ["items"]),
        ([[]], ["items.0"]),
        (None, ["items"]),
    ],
)
def test_rows_that_cannot_be_are_named_by_their_place(scene, items, wanted):
    county, clerk = scene
    plan = make_plan(county.own)
    answer = clerk.patch(address(plan), {"items": items})
    assert (answer.status_code, sorted(errors(answer))) == (400, wanted)


def test_too_many_rows_are_refused_in_the_words_of_the_page(scene):
    county, clerk = scene
    plan = make_plan(county.own)
    page = clerk.client.post(
        reverse("plan_edit", args=[plan.pk]), form_of(plan, **{"items-TOTAL_FORMS": "90"})
    )
    wanted = list(page.context["editor"].rows.non_form_errors())
    assert wanted == ["一份计划最多 80 个项目，请合并或删去一些。"]
    assert errors(clerk.patch(address(plan), {"items": [MARCH] * 81})) == {"items": wanted}


def test_an_item_is_written_but_once(scene):
    county, clerk = scene
    plan = make_plan(county.own)
    row = {"id": plan.items.get().pk}
    assert list(errors(clerk.patch(address(plan), {"items": [row, row]}))) == ["items.1.id"]


def test_items_of_other_plans_are_absent_and_foreign_ones_noted(scene):
    county, clerk = scene
    plan, last = make_plan(county.own), make_plan(county.own, year=YEAR - 1)
    foreign = make_plan(county.sister).items.get()
    for pk in (10**9, last.items.get().pk, foreign.pk):
        answer = clerk.patch(address(plan), {"items": [{"id": pk}]})
        assert (answer.status_code, list(errors(answer))) == (404, ["items.0.id"])
    assert AuditEvent.objects.get(action="access.foreign").object_id == str(foreign.pk)


def test_a_filed_plan_is_adjusted_with_the_reason_the_page_asks_for(scene):
    county, clerk = scene
    plan = file_plan(make_plan(county.own, "03", "04"))
    march, april = plan.items.all()
    rows: list[dict[str, Any]] = [{"id": march.pk, "period": f"{YEAR}-05"}, {"id": april.pk}]
    told = errors(clerk.patch(address(plan), {"items": rows}))
    assert told == {"items.0.note": ["已备案的项目有变动，请写明调整情况，如“因防汛延至6月”。"]}
    gone = errors(clerk.patch(address(plan), {"items": [{"id": march.pk}]}))
    assert "已备案或已有学习记录的项目不能删除：专题2。" in gone["items"][0]
    rows[0]["note"] = "因防汛延至5月"
    shown = clerk.patch(address(plan), {"items": rows}).json()
    assert (shown["is_adjusted"], shown["status"]) == (True, "filed")
    assert [item["state"] for item in shown["items"]] == ["adjusted", "planned"]


@pytest.mark.parametrize("names", [("title",), ("title", "basis", "items")])
def test_a_filed_plan_sent_as_it_stands_is_not_adjusted(scene, names):
    county, clerk = scene
    plan = file_plan(make_plan(county.own))
    stored = clerk.get(address(plan)).json()
    known = ("id", "period", "topic", "content", "form", "is_discussion", "speakers", "owner")
    stored["items"] = [{name: item[name] for name in known} for item in stored["items"]]
    answer = clerk.patch(address(plan), {name: stored[name] for name in names})
    assert (answer.status_code, answer.json()["version"]) == (200, stored["version"])
    assert (answer.json()["is_adjusted"], lines("plan.save")) == (False, [])


@pytest.mark.parametrize(
    ("year", "status"),
    [(YEAR + 1, 201), (YEAR - 4, 400), (10**30, 400), ("2026", 400), (True, 400)],
)
def test_years_are_those_the_page_takes(scene, year, status):
    county, clerk = scene
    answer = clerk.post("/plans", new(county, year=year))
    assert (answer.status_code, "year" in errors(answer) if status == 400 else True) == (
        status,
        True,
    )


def test_a_list_is_narrowed_and_takes_as_many_queries_for_many(scene):
    county, _clerk = scene
    auditor = caller_of(county["auditor"])
    make_plan(county.own, status=Status.SUBMITTED)
    make_plan(county.sister, status=Status.DRAFT)
    assert [row["unit"] for row in auditor.get("/plans").json()["results"]] == ["QS001"]
    few = queries_of(auditor.client, "plans")
    for number in range(20):
        make_plan(make_unit(f"QS1{number:02}", "青石县某局", county.root), status=Status.FILED)
    assert auditor.get("/plans").json()["count"] == 21
    assert few == queries_of(auditor.client, "plans") <= 12
    for query, count in (({"unit": "QS001"}, 1), ({"status": "filed"}, 20), ({"year": 2001}, 0)):
        assert auditor.get("/plans", **query).json()["count"] == count
    assert auditor.get("/plans", ordering="-unit").json()["results"][0]["unit"] == "QS119"
    assert auditor.get("/plans", status="accepted").status_code == 400
    assert auditor.get("/plans", title="计划").status_code == 400
    assert auditor.get("/plans", unit="BS").status_code == 404


def test_a_plan_takes_as_many_queries_whatever_its_length(scene):
    county, clerk = scene
    plan = make_plan(county.own)
    few = queries_of(clerk.client, f"plans/{plan.pk}")
    clerk.patch(address(plan), {"items": [MARCH | {"topic": f"专题{n}"} for n in range(40)]})
    for item in plan.items.all():
        link_session(item, theme=item.topic)
    assert few == queries_of(clerk.client, f"plans/{plan.pk}") <= 12
