"""What a password must be. Each says so in a sentence and refuses in one."""

import re
from collections.abc import Iterable
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import User

MAX_LENGTH = 128


class LengthValidator:
    """Long enough to resist guessing, short enough to be hashed without harm."""

    def validate(self, password: str, user: User | None = None) -> None:
        if len(password) < settings.PASSWORD_MIN_LENGTH:
            raise ValidationError(
                _("密码至少 %(least)s 位，现为 %(length)s 位。"),
                code="too_short",
                params={"least": settings.PASSWORD_MIN_LENGTH, "length": len(password)},
            )
        if len(password) > MAX_LENGTH:
            raise ValidationError(
                _("密码最多 %(most)s 位。"), code="too_long", params={"most": MAX_LENGTH}
            )

    def get_help_text(self) -> str:
        return _("至少 %(least)s 位。") % {"least": settings.PASSWORD_MIN_LENGTH}


class ClassesValidator:
    """Three of four classes of characters (GB/T 22239-2019, 8.1.4.1 a)."""

    CLASSES: ClassVar = (r"[a-z]", r"[A-Z]", r"[0-9]", r"[^a-zA-Z0-9]")

    def validate(self, password: str, user: User | None = None) -> None:
        if sum(bool(re.search(pattern, password)) for pattern in self.CLASSES) < 3:
            raise ValidationError(
                _("密码须含大写字母、小写字母、数字、符号中的至少三类。"), code="too_few_classes"
            )

    def get_help_text(self) -> str:
        return _("含大写字母、小写字母、数字、符号中的至少三类。")


def carried_only_by(password: str, words: Iterable[str]) -> str:
    """The word without which fewer than six characters of the password remain; else empty.

    Years, and digits or symbols at either end, are no substance: `Xuanchuan@2026` is one word.
    """
    plain = password[:MAX_LENGTH].lower()  # what is longer is refused anyway, and slow to look at
    for word in sorted({word.lower() for word in words if len(word) >= 2}, key=len, reverse=True):
        if word not in plain:
            continue
        rest = re.sub(r"(19|20)\d\d", "", plain.replace(word, ""))
        if len(re.sub(r"^[\W\d_]+|[\W\d_]+$", "", rest)) < 6:
            return word
    return ""


class CommonValidator:
    """No password of the lists attackers use, and none built around an obvious word."""

    WORDS: ClassVar = (
        "xuanchuan", "xcb", "zhongxinzu", "zxz", "xuexi", "lilun", "dangwei", "dangzu", "xianwei",
        "admin", "administrator", "root", "password", "passw0rd", "p@ssw0rd", "p@ssword",
        "qwerty", "asdfgh", "zxcvbn", "1qaz2wsx", "iloveyou", "woaini", "welcome", "abc123",
        "abcdef", "123456", "111111", "000000", "520", "1314", "test", "guest", "china", "zhongguo",
        "宣传部", "中心组", "理论学习", "密码",
    )  # fmt: skip

    def __init__(self) -> None:
        self._listed = CommonPasswordValidator().passwords

    def validate(self, password: str, user: User | None = None) -> None:
        if password.lower().strip() in self._listed:
            raise ValidationError(_("该密码太常见，请换一个。"), code="too_common")
        words = [*self.WORDS, *settings.PASSWORD_DENIED_WORDS]
        if user is not None:
            words += [user.username, user.full_name]
        word = carried_only_by(password, words)
        if word:
            raise ValidationError(
                _("除去“%(word)s”、年份等容易猜到的内容后，密码太短，请换一个。"),
                code="obvious",
                params={"word": word},
            )

    def get_help_text(self) -> str:
        return _("不能主要由用户名、姓名、年份、“xuanchuan”等容易猜到的内容组成。")


class HistoryValidator:
    """None of the last passwords again."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        hashes = user.old_passwords.values_list("password", flat=True)
        known = [user.password, *hashes[: settings.PASSWORD_HISTORY]]
        if any(check_password(password, known_hash) for known_hash in dict.fromkeys(known)):
            raise ValidationError(
                _("不能使用最近 %(count)s 次用过的密码。"),
                code="used_before",
                params={"count": settings.PASSWORD_HISTORY},
            )

    def get_help_text(self) -> str:
        return _("不能与最近 %(count)s 次的密码相同。") % {"count": settings.PASSWORD_HISTORY}
