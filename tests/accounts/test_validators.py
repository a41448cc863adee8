"""The validators as they are configured, on passwords people choose."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from accounts.passwords import set_password
from tests.portal.county import make_assignment, make_unit
from units.access.roles import Role

pytestmark = pytest.mark.django_db

GOOD = """
    Qingshan5210lvshui  shan-shui-2026-Lin  海阔凭鱼跃Aa1!海阔凭鱼跃  xuanchuan-Mangdelu7Qiao
    T9$kLm2#pQ  aB3-aB3-xy9Z  Liuyue_Dahe_77  Zhe-shi-yi-ge-hen-chang-hen-chang-de-mima-keyi-yong-2
"""
BAD = {
    "too_short": "Ab3!efgh Aa1!Aa1!x",
    "too_long": "A1!" + "b" * 126,
    "too_few_classes": "qingshanlvshui QINGSHAN5210 qingshan5210 1234567890 !!!!!!!!!!!!",
    "obvious": """
        Xuanchuan@2026 XuanChuan2025! xcb@2026ABC! Zhongxinzu_1 Admin@2026!! P@ssw0rd2026
        Password#123 Qwerty@12345 Abc123456!!! Liulaoshi-77 Woaini-1314A Zhongguo@1949 Dangwei_2026
        宣传部Aa2026!!
    """,
    "unit_name": "QS001-2026!ab Qs001@qs001A 青石县甲局Aa1!!",
}
REFUSED = [(password, code) for code, line in BAD.items() for password in line.split()]


@pytest.fixture
def liu():
    make_unit("QS001", "青石县甲局")
    return User.objects.create_user(username="liulaoshi", full_name="刘测甲")


def codes(password: str, user: User) -> set[str | None]:
    try:
        validate_password(password, user)
    except ValidationError as fault:
        return {each.code for each in fault.error_list}
    return set()


@pytest.mark.parametrize("password", GOOD.split())
def test_good_passwords_pass(password, liu):
    assert codes(password, liu) == set()


@pytest.mark.parametrize(("password", "code"), REFUSED)
def test_bad_passwords_are_refused_for_their_reason(password, code, liu):
    assert code in codes(password, liu)


def test_a_configured_word_is_denied(settings, liu):
    settings.PASSWORD_DENIED_WORDS = ["qingshixian"]
    assert codes("Qingshixian@26", liu) == {"obvious"}


def test_whoever_will_hold_a_privileged_role_needs_twelve(liu):
    assert codes("T9$kLm2#pQ", liu) == set()
    later = timezone.localdate().replace(year=2099)
    make_assignment(liu, Role.SYSTEM_ADMIN, make_unit("QS", "青石县"), start_date=later)
    assert codes("T9$kLm2#pQ", liu) == {"too_short"}


def test_the_last_five_are_not_taken_again(liu):
    words = [f"T9$kLm2#pQ-{number}" for number in range(7)]
    for word in words:
        assert codes(word, liu) == set()
        set_password(user=liu, password=word, at=timezone.now())
    assert [bool(codes(word, liu)) for word in words] == [False] * 2 + [True] * 5
    assert liu.old_passwords.count() == 5


def test_an_endless_password_is_refused_without_being_pondered_over(liu):
    endless = "admin-A" + "1" * 200_000 + "a"  # took hours
    assert "too_long" in codes(endless, liu)
