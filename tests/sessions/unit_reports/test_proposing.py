"""From a report's next steps to next year's plan."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from sessions.models import AnnualPlan, PlanItem, Status
from sessions.unit_reports.next_steps import sentences
from tests.portal.access.unit_report_samples import make_report
from tests.portal.county import make_county
from tests.sessions.plans.make import YEAR, make_plan

pytestmark = pytest.mark.django_db
TEXT = "一是每季度开展研讨。二是深入基层调研。"
FIRST, SECOND = sentences(TEXT)


@pytest.fixture
def county():
    return make_county()


@pytest.fixture
def report(county):
    return make_report(county.own, sections={"next_steps": TEXT})


def picked(*chosen, **changes) -> dict[str, str]:
    data: dict[str, str] = {}
    for one in chosen:
        row = {"picked": "on", "topic": one.topic, "period": f"{YEAR + 1}-Q1", "form": "discussion"}
        data |= {f"{one.key}-{name}": value for name, value in (row | changes).items()}
    return data


def post(county, report, data, who="clerk"):
    browser = Client()
    browser.force_login(county[who])
    return browser.post(reverse("unit_report_plan_items", args=[report.pk]), data, follow=True)


def test_what_is_picked_becomes_the_draft_of_next_year(county, report):
    post(county, report, picked(FIRST))
    item = PlanItem.objects.get()
    plan = item.plan
    assert (plan.unit, plan.year, plan.status) == (county.own, YEAR + 1, Status.DRAFT)
    told = (item.topic, item.content, item.period, item.form, item.is_discussion)
    assert told == (FIRST.topic, FIRST.text, f"{YEAR + 1}-Q1", "discussion", True)
    assert AuditEvent.objects.filter(action="plan.propose", object_id=str(plan.pk)).count() == 1


def test_nothing_is_doubled_when_done_twice(county, report):
    for _ in range(2):
        page = post(county, report, picked(FIRST))
    assert "没有新勾选的打算" in page.content.decode()
    post(county, report, picked(FIRST, SECOND))
    assert PlanItem.objects.count() == 2
    assert AnnualPlan.objects.count() == 1
    assert AuditEvent.objects.filter(action="plan.propose").count() == 2


def test_it_joins_a_plan_begun_before_behind_its_items(county, report):
    plan = make_plan(county.own, "01", "02", year=YEAR + 1)
    post(county, report, picked(SECOND))
    plan.refresh_from_db()
    assert plan.version == 2
    assert list(plan.items.values_list("rank_order", "topic"))[-1] == (3, SECOND.topic)


def test_a_plan_in_the_departments_hands_is_left_alone(county, report):
    make_plan(county.own, year=YEAR + 1, status=Status.SUBMITTED)
    page = post(county, report, picked(FIRST))
    assert page.status_code == 409
    assert "请在计划页撤回或调整" in page.content.decode()
    assert PlanItem.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"), [("topic", ""), ("period", ""), ("form", "x"), ("topic", "密级：机密")]
)
def test_what_is_picked_must_be_complete(county, report, field, value):
    page = post(county, report, picked(FIRST, **{field: value}))
    assert page.status_code == 400
    assert page.context["rows"][0].form.errors.keys() == {field}
    assert not AnnualPlan.objects.exists()


def test_a_sentence_that_was_rewritten_meanwhile_is_not_taken(county, report):
    report.sections = {"next_steps": "二是深入基层调研。"}
    report.save()
    page = post(county, report, picked(FIRST, SECOND))
    assert page.status_code == 409
    assert not AnnualPlan.objects.exists()


def test_an_outsider_and_the_department_get_nowhere(county, report):
    foreign = make_report(county.sister, sections={"next_steps": TEXT})
    assert post(county, foreign, picked(FIRST)).status_code == 404
    assert post(county, report, picked(FIRST), who="department_admin").status_code == 403
    assert not AnnualPlan.objects.exists()
