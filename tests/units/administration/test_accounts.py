"""The pages of accounts. Who may open them is asked in tests/portal/access too."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent, SignIn, User
from tests.portal.county import PASSWORD, County, make_assignment, make_county, make_user
from units.access.roles import Role

pytestmark = pytest.mark.django_db

NEW = "Baiyun-7431-shanxi"


@pytest.fixture
def county() -> County:
    return make_county()


def browser_of(county: County, who: str) -> Client:
    browser = Client()
    browser.force_login(county[who])
    return browser


def listed(browser: Client, query: str = "") -> set[str]:
    return {line.user.username for line in browser.get(f"/accounts/{query}").context["lines"]}


def messages_of(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize("many", [0, 120])
@pytest.mark.parametrize("who", ["system_admin", "security_admin"])
def test_the_list_costs_as_much_with_many(county, who, many, django_assert_max_num_queries):
    for number in range(many):
        make_assignment(make_user(f"u{number}"), Role.CLERK, county.own)
    browser = browser_of(county, who)
    for page in ("/accounts/", f"/accounts/{county['clerk'].pk}/"):
        with django_assert_max_num_queries(12):
            assert browser.get(page).status_code == 200


@pytest.mark.parametrize(
    ("query", "found", "left_out"),
    [
        ("?words=CLERK", "clerk", "approver"),
        ("?words=甲局", "clerk", "auditor"),
        ("?words=qs001", "approver", "ended"),
        ("?state=disabled", "disabled", "clerk"),
        ("?state=active", "clerk", "disabled"),
        ("?state=roleless", "ended", "clerk"),
        ("?state=unsinn", "clerk", "nowhere"),
    ],
)
def test_the_list_is_filtered(county, query, found, left_out):
    names = listed(browser_of(county, "system_admin"), query)
    assert found in names
    assert left_out not in names


def test_accounts_with_a_role_elsewhere_are_out_of_reach(county):
    both = make_user("both")
    for unit in (county.own, county.abroad):
        make_assignment(both, Role.CLERK, unit)
    for who in ("system_admin", "security_admin"):
        browser = browser_of(county, who)
        assert "both" not in listed(browser)
        assert browser.get(f"/accounts/{both.pk}/").status_code == 404
    assert browser_of(county, "system_admin").post(f"/accounts/{both.pk}/reset/").status_code == 404


@pytest.mark.parametrize("who", ["clerk", "department_admin", "security_auditor"])
def test_nobody_else_sees_accounts(county, who):
    browser = browser_of(county, who)
    assert browser.get("/accounts/").status_code == 403
    assert browser.post(f"/accounts/{county['clerk'].pk}/reset/").status_code == 403


def test_a_new_account_gets_a_link_by_which_its_owner_sets_the_password(county):
    page = browser_of(county, "system_admin").post(
        "/accounts/new/", {"username": "xinren", "full_name": "测新人", "email": "x@example.cn"}
    )
    made = User.objects.get(username="xinren")
    assert not made.has_usable_password()
    assert made.email == "x@example.cn"
    guest = Client()
    guest.post(page.context["link"], {"new_password1": NEW, "new_password2": NEW})
    assert guest.login(request=page.wsgi_request, username="xinren", password=NEW)


def test_a_second_click_makes_no_second_account(county):
    browser, fields = browser_of(county, "system_admin"), {"username": "Clerk", "full_name": "测"}
    page = browser.post("/accounts/new/", fields)
    assert "已有人使用" in page.context["form"].errors["username"][0]
    assert User.objects.filter(username__iexact="clerk").count() == 1


def test_a_disabled_account_is_signed_out_and_its_link_opens_nothing(county):
    clerk, system = browser_of(county, "clerk"), browser_of(county, "system_admin")
    address = f"/accounts/{county['clerk'].pk}/"
    link = system.post(f"{address}reset/").context["link"]
    system.post(f"{address}disable/")
    assert clerk.get("/").status_code == 302
    assert SignIn.objects.get(user=county["clerk"]).end == SignIn.End.BY_ADMIN
    system.post(f"{address}enable/")
    assert User.objects.get(username="clerk").is_active
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize("who", ["system_admin", "security_admin", "security_auditor"])
def test_the_only_administrator_of_a_kind_is_not_disabled(county, who):
    make_assignment(make_user("second"), Role.SYSTEM_ADMIN, county.root)
    browser = Client()
    browser.force_login(User.objects.get(username="second"))
    address = f"/accounts/{county[who].pk}/disable/"
    said = messages_of(browser.post(address, follow=True))
    assert (who == "system_admin") == ("唯一" not in said[0])
    assert User.objects.get(username=who).is_active == (who != "system_admin")


@pytest.mark.parametrize("deed", ["disable", "reset"])
def test_nobody_does_it_to_oneself(county, deed):
    make_assignment(make_user("second"), Role.SYSTEM_ADMIN, county.root)
    me = county["system_admin"]
    response = browser_of(county, "system_admin").post(f"/accounts/{me.pk}/{deed}/", follow=True)
    assert "自己" in messages_of(response)[0]
    assert User.objects.get(pk=me.pk).is_active
    assert not me.one_time_links.exists()


def test_a_locked_account_is_unlocked(county):
    system, address = browser_of(county, "system_admin"), f"/accounts/{county['clerk'].pk}/"
    guest, wrong = Client(), {"username": "clerk", "password": "x"}
    for _ in range(5):
        guest.post("/sign-in/", wrong)
    assert system.get(address).context["state"] == "登录锁定"
    system.post(f"{address}unlock/")
    assert system.get(address).context["state"] == "正常"
    assert guest.post("/sign-in/", wrong | {"password": PASSWORD}).headers["Location"] == "/"
    assert "没有被锁定" in messages_of(system.post(f"{address}unlock/", follow=True))[-1]


def test_an_account_guessed_from_everywhere_shows_as_locked(county):
    for number in range(30):
        AccessFailureLog.objects.create(username="clerk", ip_address=f"10.0.0.{number}")
    browser, address = browser_of(county, "system_admin"), f"/accounts/{county['clerk'].pk}/"
    assert browser.get(address).context["is_locked"]
    AccessFailureLog.objects.update(attempt_time=timezone.now() - timedelta(hours=1))
    AccessAttempt.objects.create(username="clerk", failures_since_start=4)
    assert not browser.get(address).context["is_locked"]


def test_somebody_elses_sign_ins_are_ended_and_told_why(county):
    clerk, security = browser_of(county, "clerk"), browser_of(county, "security_admin")
    security.post(f"/accounts/{county['clerk'].pk}/sign-ins/end/")
    assert "由管理员结束" in messages_of(clerk.get("/", follow=True))[0]
    line = AuditEvent.objects.get(action="account.sign_ins_end")
    assert (line.actor, line.role) == (county["security_admin"], "security_admin")


@pytest.mark.parametrize("name", ["张\u200b三", "\u202e三张", "张\x0b三\ufeff", "张\x07三"])
def test_nobody_is_named_with_signs_that_do_not_show(county, name):
    browser, sent = browser_of(county, "system_admin"), {"username": "zhangsan", "full_name": name}
    page = browser.post("/accounts/new/", sent).content.decode()
    assert "看不见的字符" in page
    assert not User.objects.filter(username="zhangsan").exists()


def test_a_name_typed_with_wide_blanks_is_taken_as_it_reads(county):
    sent = {"username": "zhangsan", "full_name": "张　三"}
    browser_of(county, "system_admin").post("/accounts/new/", sent)
    assert User.objects.get(username="zhangsan").full_name == "张 三"
