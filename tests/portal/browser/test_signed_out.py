"""A sign-in that runs out while somebody writes: nothing typed is lost."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from sessions.models import AnnualPlan
from tests.portal.browser.signing_in import sign_in
from tests.portal.county import make_county
from tests.services.browser import barriers, spills
from tests.sessions.plans.make import make_plan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def writing(page: Page) -> Page:
    """A clerk's plan, half written when the sign-in ran out."""
    plan = make_plan(make_county().own)
    sign_in(page, "clerk")
    page.goto(reverse("plan_edit", args=[plan.pk]))
    page.get_by_label("标题").fill("写了很久的标题")
    page.context.clear_cookies(name="session")
    return page


def test_the_kept_form_is_sent_again_after_signing_in_elsewhere(writing: Page) -> None:
    writing.get_by_role("button", name="保存", exact=True).click()
    expect(writing.get_by_role("heading", name="登录已过期")).to_be_visible()
    assert barriers(writing) == []
    assert not spills(writing)
    with writing.context.expect_page() as opened:
        writing.get_by_role("link", name="打开登录页").click()
    sign_in(opened.value, "clerk")
    writing.get_by_role("button", name="再次提交").click()
    expect(writing.get_by_text("已保存。")).to_be_visible()
    assert AnnualPlan.objects.get().title == "写了很久的标题"


def test_a_part_of_the_page_asked_for_signed_out_leaves_the_page_alone(writing: Page) -> None:
    complaint = "the server responded with a status of 401"
    with writing.expect_console_message(lambda message: complaint in message.text):
        writing.get_by_role("button", name="再加 5 行").click()
    expect(writing.get_by_text("登录已过期，刚才的操作没有完成")).to_be_visible()
    expect(writing.get_by_label("标题")).to_have_value("写了很久的标题")
