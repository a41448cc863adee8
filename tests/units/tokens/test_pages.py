"""The owner's pages of tokens, and the administrator's button."""

import html

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from tests.portal.access.token_samples import BODY, make_token
from tests.portal.county import County, make_assignment, make_county, make_unit
from tests.units.tokens.making import caller, make_secret
from units.access.roles import Role
from units.models import ApiToken, Assignment
from units.tokens.using import token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def county() -> County:
    return make_county()


def browser_of(county: County, who: str) -> Client:
    browser = Client()
    browser.force_login(county[who])
    return browser


def making(county: County, who: str) -> str:
    return f"/account/roles/{Assignment.objects.get(user=county[who]).pk}/tokens/new/"


def test_the_secret_is_shown_once_with_an_example(county):
    browser = browser_of(county, "clerk")
    answer = browser.post(making(county, "clerk"), BODY | {"name": "推送<b>"})
    secret = answer.context["secret"]
    token = ApiToken.objects.get()
    assert token_of(secret) == token
    assert answer.headers["Cache-Control"] == "no-store"
    page = html.unescape(answer.content.decode())
    address = f"http://testserver{reverse('api_units')}"
    example = f'curl -H "Authorization: Token {secret}" {address}'
    assert example in page
    assert "<b>" not in answer.content.decode()
    later = "".join(
        browser.get(url).content.decode()
        for url in ("/account/tokens/", f"/account/tokens/{token.pk}/revoke/")
    )
    assert token.last_characters in later
    assert secret not in later


def test_the_example_is_something_an_administrator_may_ask(county):
    answer = browser_of(county, "system_admin").post(making(county, "system_admin"), BODY)
    assert answer.context["example"].endswith(reverse("api_schema"))
    shown = caller(answer.context["secret"]).get(reverse("api_schema"))
    assert shown.status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "长" * 61), ("scope", "root"), ("days", "366"), ("days", "x")],
)
def test_bad_input_gets_a_sentence_and_no_token(county, field, value):
    answer = browser_of(county, "clerk").post(making(county, "clerk"), BODY | {field: value})
    assert list(answer.context["form"].errors) == [field]
    assert not ApiToken.objects.exists()


def test_an_administrator_is_told_why_not(county):
    browser = browser_of(county, "system_admin")
    url = making(county, "system_admin")
    assert "只能是“只读”" in browser.get(url).content.decode()
    answer = browser.post(url, BODY | {"scope": "write"})
    assert "变更须本人登录网页办理" in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_a_second_click_says_so_and_makes_no_second_token(county):
    browser = browser_of(county, "clerk")
    pages = [browser.post(making(county, "clerk"), BODY) for _ in range(2)]
    assert "已有用途为“办公系统”的有效令牌" in pages[1].content.decode()
    assert ApiToken.objects.count() == 1


@pytest.mark.parametrize("many", [0, 15])
def test_the_list_costs_as_much_with_many(county, many, django_assert_max_num_queries):
    for number in range(many):
        unit = make_unit(f"QS1{number:02}", f"青石县{number}局", county.root)
        role = make_assignment(county["clerk"], Role.CLERK, unit)
        make_token(role)
        make_token(role, revoked_at=timezone.now())
    browser = browser_of(county, "clerk")
    if many:
        browser.post(f"/roles/{role.pk}/")
    with django_assert_max_num_queries(12):
        assert browser.get("/account/tokens/").status_code == 200


def test_the_list_tells_living_from_dead(county):
    role = Assignment.objects.get(user=county["clerk"])
    living = make_token(role, name="有效的")
    dead = make_token(role, name="撤销的", revoked_at=living.created_at)
    make_token(Assignment.objects.get(user=county["approver"]), name="别人的")
    answer = browser_of(county, "clerk").get("/account/tokens/")
    assert list(answer.context["living"]) == [living]
    assert [(each.token, each.why) for each in answer.context["dead"]] == [(dead, "已撤销")]
    assert "别人的" not in answer.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_elses_token_and_role_are_not_there(county, method):
    token, _ = make_secret(county["clerk"])
    browser = browser_of(county, "approver")
    for url in (f"/account/tokens/{token.pk}/revoke/", making(county, "clerk")):
        assert getattr(browser, method)(url, BODY).status_code == 404
    assert AuditEvent.objects.filter(action="access.foreign").count() == 2
    assert ApiToken.objects.get(digest=token.digest).revoked_at is None


def test_revoking_asks_first_and_works_once(county):
    token, _ = make_secret(county["clerk"])
    browser = browser_of(county, "clerk")
    url = f"/account/tokens/{token.pk}/revoke/"
    assert "不能恢复" in browser.get(url).content.decode()
    said = [str(next(iter(browser.post(url, follow=True).context["messages"]))) for _ in range(2)]
    assert said == ["已撤销“取数”，立即失效。", "“取数”此前已经撤销。"]
    assert AuditEvent.objects.filter(action="token.revoke").count() == 1


def test_the_profile_leads_there(county):
    page = browser_of(county, "clerk").get("/account/").content.decode()
    assert 'href="/account/tokens/"' in page


def test_the_system_administrator_revokes_them_all(county):
    make_secret(county["clerk"], name="一")
    make_secret(county["clerk"], name="二")
    other, _ = make_secret(county["approver"])
    browser, url = browser_of(county, "system_admin"), f"/accounts/{county['clerk'].pk}/"
    assert browser.get(url).context["tokens"] == 2
    answer = browser.post(f"{url}tokens/revoke/", follow=True)
    assert "已撤销 2 个接口令牌。" in answer.content.decode()
    assert (answer.context["tokens"], f"{url}tokens/" in answer.content.decode()) == (0, False)
    assert list(ApiToken.objects.filter(revoked_at=None)) == [other]
    browser.post(f"{url}tokens/revoke/")
    assert AuditEvent.objects.filter(action="token.revoke_all").count() == 1
