"""The plan's pages as the clerk, a second clerk, the department and an outsider meet them."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from sessions.models import AnnualPlan, Status
from sessions.plans.contents import State
from sessions.services import record_event
from tests.portal.county import make_assignment, make_county, make_unit, make_user
from tests.sessions.plans.make import (
    YEAR,
    Kind,
    file_plan,
    form_of,
    link_session,
    make_plan,
    now,
)
from units.access.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return make_county()


def signed_in(county, who="clerk") -> Client:
    browser = Client()
    browser.force_login(county[who])
    return browser


def text(response) -> str:
    return str(response.content.decode())


def test_a_plan_from_nothing_to_filed(county):
    browser = signed_in(county)
    begun = browser.post(reverse("plan_create"), {"year": YEAR})
    plan = AnnualPlan.objects.get()
    assert begun["Location"] == reverse("plan_edit", args=[plan.pk])
    assert plan.title == f"县甲局党组理论学习中心组{YEAR}年学习计划"
    data = form_of(plan, approved_by="测组长", approved_on=f"{YEAR}-01-01")
    row = {"period": f"{YEAR}-03", "topic": "学习宪法", "form": "discussion", "is_discussion": "on"}
    data |= {"items-TOTAL_FORMS": "2", "items-1-period": f"{YEAR}-01", "items-1-form": "lecture"}
    data |= {f"items-0-{name}": value for name, value in row.items()}
    page = text(browser.post(reverse("plan_edit", args=[plan.pk]), data, follow=True))
    assert plan.items.get().is_discussion
    assert "“学习宪法”没有写明重点发言人" in page
    browser.post(reverse("plan_submit", args=[plan.pk]), {"declared": "on"})
    plan.refresh_from_db()
    assert plan.status == Status.SUBMITTED
    trail = AuditEvent.objects.filter(actor=county["clerk"]).values_list("action", flat=True)
    assert list(trail)[1:] == ["plan.create", "plan.save", "plan.submit"]


def test_nothing_is_submitted_without_the_declaration(county):
    plan = make_plan(county.own)
    answer = signed_in(county).post(reverse("plan_submit", args=[plan.pk]))
    assert answer.status_code == 400
    assert "请勾选确认" in text(answer)
    assert not plan.events.exists()


def test_a_second_click_submits_once(county):
    plan = make_plan(county.own)
    browser = signed_in(county)
    for _ in range(2):
        browser.post(reverse("plan_submit", args=[plan.pk]), {"declared": "on"})
    assert plan.events.count() == 1
    assert AuditEvent.objects.filter(action="plan.submit").count() == 1


@pytest.mark.parametrize("year", ["", "1999", f"{YEAR + 2}", "九"])
def test_a_year_out_of_reach_is_refused_at_the_field(county, year):
    answer = signed_in(county).post(reverse("plan_create"), {"year": year})
    assert answer.status_code == 400
    assert not AnnualPlan.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"title": ""}, "请填写计划的标题"),
        ({"items-0-topic": ""}, "请填写学习专题"),
        ({"items-0-period": f"{YEAR - 1}-03"}, "请选择本年度的月份或季度"),
        ({"approved_on": f"{YEAR + 1}-01-01"}, "审定日期不能晚于今天"),
        ({"items-0-topic": "传达机密★10年文件"}, "这里有“"),
        ({"basis": "密级：秘密"}, "这里有“"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(county, change, sentence):
    plan = make_plan(county.own)
    answer = signed_in(county).post(reverse("plan_edit", args=[plan.pk]), form_of(plan, **change))
    assert answer.status_code == 400
    assert sentence in text(answer)
    assert AnnualPlan.objects.get().version == 1


def test_two_clerks_see_both_versions_and_lose_neither(county):
    make_assignment(county["nobody"], Role.CLERK, county.own)
    plan = make_plan(county.own)
    opened = form_of(plan)
    address = reverse("plan_edit", args=[plan.pk])
    signed_in(county, "nobody").post(address, opened | {"items-0-topic": "先存的专题"})
    answer = signed_in(county).post(address, opened | {"items-0-topic": "后存的专题"})
    assert answer.status_code == 409
    page = text(answer)
    assert "测nobody已经改过" in page
    assert "后存的专题" in page
    assert "先存的专题" in page
    assert plan.items.get().topic == "先存的专题"
    current = str(answer.context["editor"].head["version"].value())
    signed_in(county).post(address, opened | {"items-0-topic": "后存的专题", "version": current})
    assert plan.items.get().topic == "后存的专题"


def test_what_was_typed_into_a_plan_submitted_meanwhile_is_shown_not_stored(county):
    plan = make_plan(county.own)
    opened = form_of(plan, title="我改的标题")
    record_event(about=plan, kind=Kind.SUBMIT, at=now())
    answer = signed_in(county).post(reverse("plan_edit", args=[plan.pk]), opened)
    assert answer.status_code == 409
    assert "我改的标题" in text(answer)
    assert "不能再改" in text(answer)


def test_saving_twice_the_same_is_no_conflict(county):
    plan = make_plan(county.own)
    data = form_of(plan, title="新标题")
    browser = signed_in(county)
    for _ in range(2):
        assert browser.post(reverse("plan_edit", args=[plan.pk]), data).status_code == 302
    assert AuditEvent.objects.filter(action="plan.save").count() == 1


def test_rows_are_arranged_without_storing_anything(county):
    plan = make_plan(county.own, "03", "04")
    address = reverse("plan_edit", args=[plan.pk])
    answer = signed_in(county).post(address, form_of(plan, row="up:1", title=""))
    shown = [form["topic"].value() for form in answer.context["editor"].rows.forms]
    assert shown == ["专题2", "专题1"]
    assert answer.status_code == 200
    assert [item.topic for item in plan.items.all()] == ["专题1", "专题2"]


def test_an_adjustment_after_filing_says_why(county):
    plan = file_plan(make_plan(county.own))
    address = reverse("plan_edit", args=[plan.pk])
    browser = signed_in(county)
    answer = browser.post(address, form_of(plan, **{"items-0-period": f"{YEAR}-06"}))
    assert answer.status_code == 400
    assert "请写明调整情况" in text(answer)
    change = {"items-0-period": f"{YEAR}-06", "items-0-note": "因防汛延至6月"}
    page = text(browser.post(address, form_of(plan, **change), follow=True))
    assert plan.items.get().state == State.ADJUSTED
    assert "尚未重新报送" in page
    assert "报送调整" in page


@pytest.mark.parametrize("locked", ["filed", "studied"])
def test_an_item_that_was_filed_or_studied_is_not_removed(county, locked):
    plan = make_plan(county.own, "03", "04")
    if locked == "filed":
        file_plan(plan)
    else:
        link_session(plan.items.all()[0])
    data = form_of(plan)
    data = {name: value for name, value in data.items() if not name.startswith("items-0-")}
    answer = signed_in(county).post(reverse("plan_edit", args=[plan.pk]), data)
    assert answer.status_code == 400
    assert "不能删除：专题1" in text(answer)


def test_a_return_shows_on_top_and_at_what_it_names(county):
    plan = make_plan(county.own, "03", "04")
    record_event(about=plan, kind=Kind.SUBMIT, at=now())
    first = plan.items.all()[0]
    fields = ["approved_by", f"items.{first.pk}"]
    reason = "请补充审定人"
    record_event(about=plan, kind=Kind.RETURN, at=now(), reason=reason, fields=fields)
    browser = signed_in(county)
    assert reason in text(browser.get(reverse("plan_detail", args=[plan.pk])))
    answer = browser.get(reverse("plan_edit", args=[plan.pk]))
    assert text(answer).count(f"退回意见：{reason}") == 2
    assert [row["is_returned"] for row in answer.context["rows"]][:3] == [True, False, False]


def test_an_outsider_finds_nothing(county):
    plan = make_plan(county.sister, status=Status.SUBMITTED)
    browser = signed_in(county)
    for name in ("plan_detail", "plan_edit"):
        assert browser.get(reverse(name, args=[plan.pk])).status_code == 404
    for name in ("plan_edit", "plan_submit", "plan_withdraw"):
        assert browser.post(reverse(name, args=[plan.pk])).status_code == 404
    assert browser.post(reverse("plan_item_mark", args=[plan.items.get().pk])).status_code == 404


def test_an_id_of_another_units_item_makes_a_new_item(county):
    foreign = make_plan(county.sister).items.get()
    plan = make_plan(county.own)
    data = form_of(plan, **{"items-0-pk": str(foreign.pk), "items-0-topic": "改写"})
    signed_in(county).post(reverse("plan_edit", args=[plan.pk]), data)
    foreign.refresh_from_db()
    assert (foreign.topic, foreign.plan_id != plan.pk) == ("专题1", True)
    assert plan.items.get().topic == "改写"


def test_the_department_reads_and_changes_nothing(county):
    plan = make_plan(county.own, status=Status.SUBMITTED)
    browser = signed_in(county, "auditor")
    page = text(browser.get(reverse("plan_detail", args=[plan.pk])))
    assert "没有安排集体研讨" in page
    for word in ("报送前检查", "撤回", "标为完成", "修改"):
        assert word not in page.split("</header>")[1].split("办理记录")[0]


@pytest.mark.parametrize("plans", [1, 40])
@pytest.mark.parametrize("who", ["clerk", "auditor"])
def test_lists_ask_the_database_little(county, plans, who, django_assert_max_num_queries):
    for number in range(plans):
        unit = make_unit(f"QS9{number}", f"青石县第{number}局", county.root)
        make_plan(unit, status=Status.SUBMITTED)
    browser = signed_in(county, who)
    browser.get("/plans/")
    with django_assert_max_num_queries(12):
        browser.get("/plans/")


@pytest.mark.parametrize("months", [1, 12])
@pytest.mark.parametrize("name", ["plan_detail", "plan_edit"])
def test_a_plans_pages_ask_little(county, months, name, django_assert_max_num_queries):
    plan = make_plan(county.own, *[f"{month:02d}" for month in range(1, months + 1)])
    for item in plan.items.all():
        link_session(item)
    file_plan(plan)
    browser = signed_in(county)
    address = reverse(name, args=[plan.pk])
    browser.get(address)
    with django_assert_max_num_queries(12):
        assert browser.get(address).status_code == 200


def test_a_unit_role_is_needed_to_write(county):
    county.people["reader"] = make_user("reader")
    make_assignment(county["reader"], Role.APPROVER, county.own)
    plan = make_plan(county.own)
    answer = signed_in(county, "reader").post(reverse("plan_edit", args=[plan.pk]), form_of(plan))
    assert answer.status_code == 403


def test_a_new_plan_opens_with_a_row_for_each_month(county):
    plan = AnnualPlan.objects.create(unit=county.own, year=YEAR, title="学习计划")
    answer = signed_in(county).get(reverse("plan_edit", args=[plan.pk]))
    shown = [form["period"].value() for form in answer.context["editor"].rows.forms]
    assert shown == [f"{YEAR}-{month:02d}" for month in range(1, 13)]
