"""How far the turn of a year is, step by step: what is done, what is missing, what to do."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, Value
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.closings.months import CLOSED, MonthLine, month_lines
from reports.models import CalendarYear, TurnCheck
from reports.national_calendar import national_calendar
from reports.turn.makeups import OpenMakeups, open_makeups
from reports.turn.scope import lives_on, turned_units
from reports.turn.services import RulesOfTwoYears, plans_to_carry, rules_of_two_years
from sessions.models import Topic
from units.models import Unit

Step = TurnCheck.Step

DONE, MISSING, LOOK, OPTIONAL = "done", "missing", "look", "optional"
WORDS: Final = {
    DONE: gettext_lazy("已完成"),
    MISSING: gettext_lazy("待办理"),
    LOOK: gettext_lazy("待核对"),
    OPTIONAL: gettext_lazy("选办"),
}
TONES: Final = {DONE: "success", MISSING: "warning", LOOK: "info", OPTIONAL: "secondary"}
DECLARED: Final = 0
"""Stands for no year."""

LOOKED_AT: Final = frozenset({Step.ROSTER, Step.MAKEUPS, Step.TOPICS})
"""Steps in which nothing is copied: somebody looks and says so."""


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as the page shows it. ``route`` is that of the button, '' without one."""

    key: str
    title: str
    state: str
    said: list[str]
    links: list[Link]
    route: str = ""
    label: str = ""
    check: TurnCheck | None = None
    may_confirm: bool = False

    @property
    def word(self) -> str:
        return str(WORDS[self.state])

    @property
    def tone(self) -> str:
        return TONES[self.state]


def default_year(today: dt.date) -> int:
    """The year being turned: until autumn the last one."""
    return today.year if today.month >= 10 else today.year - 1


class Turn:
    """Everything the page of one year needs; seven queries."""

    def __init__(self, root: Unit, year: int, today: dt.date) -> None:
        self.root, self.year, self.today = root, year, today
        self.next_year = year + 1
        self._checks = {
            check.step: check
            for check in TurnCheck.objects.filter(root=root, year=year).select_related("by")
        }

    def steps(self) -> list[StepLine]:
        counts = self._counts()
        rules = rules_of_two_years(self.root, self.year)
        topics = self._topics_by_year()
        return [
            self._close(),
            self._seal(counts),
            self._roster(counts),
            self._makeups(rules),
            self._plans(counts),
            self._rules(rules),
            self._topics(topics),
            self._calendar(is_declared=DECLARED in topics),
        ]

    def _line(
        self, key: str, state: str, said: list[str], links: list[Link], **more: Any
    ) -> StepLine:
        check = self._checks.get(key)
        if key in LOOKED_AT:
            state = DONE if check or state == DONE else state
            more["may_confirm"] = check is None and state != DONE
        title = str(Step(key).label)
        return StepLine(key, title, state, said, links, check=check, **more)

    def _close(self) -> StepLine:
        lines = month_lines(self.root, self.year, self.today)
        closed = [line for line in lines if line.standing is not None]
        is_done = any(line.month.key == f"{self.year}-12" for line in closed)
        said = [_("%(year)d年已封账 %(count)d 个月。") % {"year": self.year, "count": len(closed)}]
        said += _still_open(lines)
        links = [
            Link(_("去封账"), f"{reverse('closing_list')}?year={self.year}"),
            Link(_("全年封账情况表"), f"{reverse('turn_closings')}?year={self.year}"),
        ]
        return self._line(Step.CLOSE, DONE if is_done else MISSING, said, links)

    def _seal(self, counts: dict[str, int]) -> StepLine:
        open_units = counts["units"] - counts["sealed"]
        said = [
            _("%(units)d 个单位中已封存 %(sealed)d 个。")
            % {"units": counts["units"], "sealed": counts["sealed"]}
        ]
        if counts["differing"]:
            said.append(
                _("最近一次核对，%d 个单位的档案与封存时不一致，请查明后重新封存。")
                % counts["differing"]
            )
        if open_units:
            said.append(_("12月封账以后办理；再点一次，只封存还没有封存的。"))
        is_done = not open_units and not counts["differing"]
        return self._line(
            Step.SEAL,
            DONE if is_done else MISSING,
            said,
            [self._units(_("各单位封存情况"), "unsealed" if open_units else "")],
            route="turn_seal" if open_units else "turn_check_seals",
            label=_("封存档案") if open_units else _("核对封存"),
        )

    def _roster(self, counts: dict[str, int]) -> StepLine:
        said = [_("名册按任职起止日期管理，不需要结转；请核对年底前后的变动。")]
        said.append(
            _("%(ended)d 个单位年底有任职到期，%(leaderless)d 个单位%(year)d年1月1日没有组长。")
            % {**counts, "year": self.next_year}
        )
        links = [
            self._units(_("年底有任职到期的单位"), "ended"),
            self._units(_("没有组长的单位"), "leaderless"),
        ]
        return self._line(Step.ROSTER, LOOK, said, links)

    def _makeups(self, rules: RulesOfTwoYears) -> StepLine:
        found = open_makeups(self.root, self.year, self.today, rules.published).values()
        said = [_("未完成的补学自动留到补学期限为止，仍计入%d年，不需要结转。") % self.year]
        said.append(_makeup_words(list(found)))
        state = LOOK if found else DONE
        return self._line(Step.MAKEUPS, state, said, [self._units(_("有待补学的单位"), "makeups")])

    def _plans(self, counts: dict[str, int]) -> StepLine:
        left = counts["plans_left"]
        said = [
            _("%(begun)d 个单位已有%(year)d年计划；%(left)d 个单位可把%(last)d年的计划抄成草稿。")
            % {
                "begun": counts["plans_begun"],
                "year": self.next_year,
                "left": left,
                "last": self.year,
            }
        ]
        said.append(_("单位也可以自己抄。草稿由单位修改、审定后报送，宣传部看不到草稿。"))
        return self._line(
            Step.PLANS,
            OPTIONAL if left else DONE,
            said,
            [self._units(_("还没有计划的单位"), "planless")],
            route="turn_plans" if left else "",
            label=_("为这些单位建草稿"),
        )

    def _rules(self, rules: RulesOfTwoYears) -> StepLine:
        said = [
            _("%(year)d年已发布 %(published)d 套，草稿 %(drafts)d 套。")
            % {
                "year": self.next_year,
                "published": rules.next_published,
                "drafts": rules.next_drafts,
            }
        ]
        if rules.left:
            names = "、".join(dict.fromkeys(one.title for one in rules.left))
            said.append(
                _("还没有抄到下年的：%s。抄成草稿后，截止日期顺延一年，请核对后发布。") % names
            )
        is_done = bool(rules.next_published) and not rules.left and not rules.next_drafts
        return self._line(
            Step.RULES,
            DONE if is_done else MISSING,
            said,
            [Link(_("考核规则"), f"{reverse('rule_set_list')}?year={self.next_year}")],
            route="turn_rule_sets" if rules.left else "",
            label=_("抄成下年草稿"),
        )

    def _topics(self, topics: dict[int, int]) -> StepLine:
        now, then = topics.get(self.year, 0), topics.get(self.next_year, 0)
        said = [
            _("必学内容：%(last)d年 %(now)d 项，%(year)d年 %(then)d 项。每年不同，请逐项登记。")
            % {"last": self.year, "now": now, "year": self.next_year, "then": then}
        ]
        state = DONE if then else OPTIONAL
        return self._line(
            Step.TOPICS,
            state,
            said,
            [Link(_("必学内容"), f"{reverse('topic_list')}?year={self.next_year}")],
        )

    def _calendar(self, *, is_declared: bool) -> StepLine:
        is_done = is_declared or self.next_year in (national_calendar().known_years or ())
        said = [
            _("%d年的放假和调休安排已收录齐全。") % self.next_year
            if is_done
            else _("%d年的放假和调休安排还不齐全，工作日期限暂按星期推算。国家公布后请录入。")
            % self.next_year
        ]
        links = [Link(_("工作日历"), f"{reverse('calendar_year')}?year={self.next_year}")]
        return self._line(Step.CALENDAR, DONE if is_done else MISSING, said, links)

    def _topics_by_year(self) -> dict[int, int]:
        """How many required topics each of the two years has, and under `DECLARED` whether the
        county holds the next year's holidays to be entered; one query.
        """
        years = (self.year, self.next_year)
        topics = Topic.objects.in_use().filter(required=True, due__year__in=years).order_by()
        counted = topics.values_list(ExtractYear("due")).annotate(Count("pk"))
        declared = CalendarYear.objects.filter(year=self.next_year).order_by()
        rows = counted.union(declared.values_list(Value(DECLARED), Value(1)), all=True)
        return dict(rows)

    def _units(self, label: str, show: str) -> Link:
        return Link(label, f"{reverse('turn_units')}?year={self.year}&show={show}")

    def _counts(self) -> dict[str, int]:
        """Of the units of the year; one query."""
        units = turned_units(self.root, self.year)
        plans_left = plans_to_carry(self.root, self.year).filter(pk=OuterRef("pk"))
        counts: dict[str, int] = units.alias(plan_left=Exists(plans_left)).aggregate(
            units=Count("pk"),
            sealed=Count("pk", filter=Q(is_sealed=True)),
            differing=Count("pk", filter=Q(differs=True)),
            plans_begun=Count("pk", filter=Q(has_plan=True)),
            plans_left=Count("pk", filter=Q(plan_left=True)),
            ended=Count("pk", filter=Q(has_ended=True)),
            leaderless=Count("pk", filter=Q(has_leader=False) & lives_on(self.next_year)),
        )
        return counts


def _still_open(lines: list[MonthLine]) -> Iterator[str]:
    waiting = [line.month.month for line in reversed(lines) if line.state != CLOSED]
    if waiting:
        names = "、".join(_("%d月") % month for month in waiting)
        yield _("还没有封账：%s。") % names


def _makeup_words(found: list[OpenMakeups]) -> str:
    number = sum(one.number for one in found)
    if not number:
        return _("没有未完成的补学。")
    late = sum(one.late for one in found)
    days = [one.until for one in found if one.until is not None]
    said = _("%(units)d 个单位还有 %(number)d 人次待补学，其中 %(late)d 人次已过期限") % {
        "units": len(found),
        "number": number,
        "late": late,
    }
    if days:
        last = max(days)
        said += _("，最晚的期限是%(year)d年%(month)d月%(day)d日") % {
            "year": last.year,
            "month": last.month,
            "day": last.day,
        }
    return said + "。"
