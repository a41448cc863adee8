"""What was typed while the sign-in ran out: kept, and taken after the next."""

import pytest
from django.test import Client
from django.urls import reverse

from sessions.models import AnnualPlan
from tests.portal.county import County, make_county
from tests.sessions.plans.make import form_of, make_plan

pytestmark = pytest.mark.django_db

ORIGIN = {"Origin": "http://testserver"}


@pytest.fixture
def county() -> County:
    return make_county()


@pytest.fixture
def plan(county) -> AnnualPlan:
    return make_plan(county.own)


def token_of(page: str) -> str:
    return page.split('name="csrfmiddlewaretoken" value="')[1].split('"', maxsplit=1)[0]


def test_a_form_sent_signed_out_is_kept_by_the_page_that_says_so(plan):
    address = reverse("plan_edit", args=[plan.pk])
    answer = Client().post(address, form_of(plan, title='计划"新"'))
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "登录已过期" in page
    assert 'name="title" value="计划&quot;新&quot;"' in page
    assert f'action="{address}"' in page


def test_a_button_sent_signed_out_leads_to_the_sign_in(plan):
    answer = Client().post(reverse("plan_withdraw", args=[plan.pk]))
    assert answer.headers["Location"] == "/sign-in/"


def test_after_another_sign_in_the_kept_form_is_taken_with_a_new_token(county, plan):
    browser = Client(enforce_csrf_checks=True)
    browser.get("/sign-in/")
    browser.force_login(county["clerk"])
    address = reverse("plan_edit", args=[plan.pk])
    typed = form_of(plan, title="新标题") | {"csrfmiddlewaretoken": "a" * 64}
    refused = browser.post(address, typed, headers=ORIGIN)
    assert (refused.status_code, "再次提交" in refused.content.decode()) == (403, True)
    typed["csrfmiddlewaretoken"] = token_of(refused.content.decode())
    assert browser.post(address, typed, headers=ORIGIN).status_code == 302
    plan.refresh_from_db()
    assert plan.title == "新标题"


@pytest.mark.parametrize("origin", [{}, {"Origin": "http://elsewhere.example"}])
def test_what_another_site_sends_is_never_offered_again(county, plan, origin):
    browser = Client(enforce_csrf_checks=True)
    browser.get("/sign-in/")
    browser.force_login(county["clerk"])
    address = reverse("plan_edit", args=[plan.pk])
    answer = browser.post(address, {"title": "外来"}, headers=origin)
    assert answer.status_code == 403
    assert "外来" not in answer.content.decode()


def test_an_address_that_takes_no_visits_says_so(county, plan):
    browser = Client()
    browser.force_login(county["clerk"])
    answer = browser.get(reverse("plan_submit", args=[plan.pk]))
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "不能直接打开" in answer.content.decode()
