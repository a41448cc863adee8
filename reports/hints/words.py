"""What hints say: what is on record, and never what to think of it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.hints.found import Facts
from reports.models import Hint

Kind = Hint.Kind

TONES: Final = {
    Hint.State.OPEN: "primary",
    Hint.State.EXPLAINED: "info",
    Hint.State.DISMISSED: "success",
    Hint.State.GONE: "secondary",
}
MEASURES: Final = {
    Kind.SAME_FILE: gettext_lazy("按文件内容的校验值（SHA-256）比对；通知、学习材料不比对。"),
    Kind.SIMILAR_TEXT: gettext_lazy(
        "去掉标点和空格后满100字的文字，按连续四字的重合程度比对，相似度90%以上列出。"
    ),
    Kind.ENTERED_AT_ONCE: gettext_lazy("同一天新填10次以上列出；导入的台账不算。"),
    Kind.REST_DAY: gettext_lazy("按本县（区）工作日历，学习期间没有一个工作日的列出。"),
    Kind.TWO_PLACES: gettext_lazy("单位之间只按姓名比对，可能是同名的另一人，也可能上下午各一场。"),
    Kind.LEAVE_AND_PRESENT: gettext_lazy(
        "单位之间只按姓名比对，可能是同名的另一人，也可能半天请假。"
    ),
    Kind.FULL_ATTENDANCE: gettext_lazy("一年计入10次以上、应到人次全部出席的列出。"),
}
PEOPLE_KINDS: Final = frozenset({Kind.TWO_PLACES, Kind.LEAVE_AND_PRESENT})


def gist(hint: Hint, sides: Iterable[Facts]) -> str:
    """The whole hint in a sentence, for the department."""
    told = [facts for facts in sides if facts]
    if not told:
        return _("有关记录已变动")
    return _WHOLE[Kind(hint.kind)](hint, told)


def own_gist(hint: Hint, facts: Facts, *, is_alone: bool) -> str:
    """A unit's side in a sentence that says nothing of any other unit but that there is one."""
    if not facts:
        return _("有关记录已变动，现在不涉及本单位。")
    if is_alone:
        return _("%s。") % gist(hint, [facts])
    if hint.kind == Kind.SAME_FILE:
        return _("本单位的文件与另一单位的文件内容完全一样。")
    if hint.kind == Kind.SIMILAR_TEXT:
        return _("本单位填写的文字与另一单位的相近。")
    return _("同一天，另一单位的学习中登记了同名人员。可能是同名的另一人，请核对本单位的登记。")


def own_kind(kind: str, *, is_alone: bool) -> str:
    """What the unit's page calls it; how somebody elsewhere took part is not the unit's affair."""
    if not is_alone and kind in PEOPLE_KINDS:
        return _("同日同名人员")
    return str(Kind(kind).label)


def own_measure(hint: Hint, *, is_alone: bool) -> str:
    """By what it was found; nothing where that would tell how somebody elsewhere took part."""
    if not is_alone and hint.kind in PEOPLE_KINDS:
        return ""
    return str(MEASURES[Kind(hint.kind)])


def _files(hint: Hint, told: list[Facts]) -> str:
    return _("同一文件用在 %d 处") % _papers(told)


def _texts(hint: Hint, told: list[Facts]) -> str:
    shares = [share for facts in told for share in facts.get("shares", {}).values()]
    return _("%(number)d 处文字相近，相似度不低于 %(share)d%%") % {
        "number": _papers(told),
        "share": min(shares, default=100),
    }


def _entered(hint: Hint, told: list[Facts]) -> str:
    return _("%(day)s，一天填报了 %(number)d 次学习") % {
        "day": _day(dt.date.fromisoformat(told[0]["day"])),
        "number": told[0]["number"],
    }


def _rest(hint: Hint, told: list[Facts]) -> str:
    return _("学习日期 %s 不是工作日") % _day(hint.first_on)


def _two(hint: Hint, told: list[Facts]) -> str:
    if len(told) > 1:
        return _("%(days)s，两个单位的学习中都登记了同名人员出席") % {"days": _days(hint, told)}
    return _("%(days)s，%(number)d 人在两次学习中都登记为出席") % _people(hint, told)


def _leave(hint: Hint, told: list[Facts]) -> str:
    if len(told) > 1:
        return _("%(days)s，同名人员在一个单位登记为请假，在另一个单位登记为出席") % {
            "days": _days(hint, told)
        }
    return _("%(days)s，%(number)d 人在一次学习中登记为请假，在另一次中登记为出席") % _people(
        hint, told
    )


def _full(hint: Hint, told: list[Facts]) -> str:
    return _("%(year)d年计入 %(number)d 次学习，应到 %(due)d 人次全部出席") % told[0]


def _papers(told: list[Facts]) -> int:
    sorts = ("sessions", "plans", "reports")
    return sum(len(facts.get(sort, ())) for facts in told for sort in sorts)


def _people(hint: Hint, told: list[Facts]) -> Mapping[str, object]:
    people = {person for _session, person, _status in told[0]["attended"]}
    return {"number": len(people), "days": _day(hint.last_on)}


def _days(hint: Hint, told: list[Facts]) -> str:
    number = max(len(facts["sessions"]) for facts in told)
    if number == 1:
        return _day(hint.last_on)
    return _("%(first)s至%(last)s有 %(number)d 天") % {
        "first": _day(hint.first_on),
        "last": _day(hint.last_on),
        "number": number,
    }


def _day(day: dt.date) -> str:
    return date_format(day, "Y年n月j日")


_WHOLE: Final = {
    Kind.SAME_FILE: _files,
    Kind.SIMILAR_TEXT: _texts,
    Kind.ENTERED_AT_ONCE: _entered,
    Kind.REST_DAY: _rest,
    Kind.TWO_PLACES: _two,
    Kind.LEAVE_AND_PRESENT: _leave,
    Kind.FULL_ATTENDANCE: _full,
}
