"""Figures of papers: outcomes, the plan, what the department returned or found."""

from collections.abc import Mapping
from typing import Final

from reports.periods import Month, parse_period
from reports.rules.words import RETURN, SUBMIT
from reports.yearly.contents import LEVELS
from reports.yearly.facts import Achieved, Item, Step, YearFacts
from reports.yearly.figures import FINDING, OUTCOME, PLAN, SIT_IN, Count, Figure, Row
from reports.yearly.study import Study

OUTCOME_KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "research_topic": ("课题", "项"),
    "leaders_remark": ("领导批示", "次"),
    "internal_reference": ("内参", "篇"),
    "article": ("理论文章", "篇"),
    "award": ("获奖", "项"),
    "measure": ("转化举措", "项"),
    "site_meeting": ("现场会", "次"),
    "external_result": ("外部考核评价结果", "项"),
}
REMARK: Final = "leaders_remark"
DONE: Final = "done"
ITEM_STATES: Final[Mapping[str, str]] = {
    DONE: "完成",
    "adjusted": "调整",
    "postponed": "延期",
    "cancelled": "取消",
    "planned": "尚未开展",
}


class Papers:
    """What came of study, and what was written, returned and found."""

    def __init__(self, facts: YearFacts, study: Study) -> None:
        self._facts = facts
        self._study = study

    def outcomes(self) -> tuple[Count, ...]:
        """Outcomes by kind, all kinds. Told as facts, never scored."""
        return tuple(
            self._outcomes(f"outcome_{kind}", label, measure, kind)
            for kind, (label, measure) in OUTCOME_KINDS.items()
        )

    def remarks(self) -> tuple[Count, ...]:
        """批示 by the level of the leaders, the higher first; those that occur."""
        found = []
        for level, word in (*LEVELS.items(), ("", "")):
            rows = tuple(
                Row(OUTCOME, one.id, one.title, one.on, _of_outcome(one))
                for one in self._facts.outcomes
                if one.kind == REMARK and one.level == level
            )
            whose = "" if level in {"", "unit"} else word
            if rows:
                label = f"{whose}领导批示"
                found.append(Figure(f"remarks_{level or 'other'}", label, len(rows), rows=rows))
        return tuple(found)

    def remarks_by_principal(self) -> Count:
        """批示 of principal leaders."""
        return self._outcomes("remarks_by_principal", "其中主要领导批示", "次", REMARK, True)

    def converted(self) -> Count:
        """Outcomes of which it is told what they were turned into."""
        rows = tuple(
            Row(OUTCOME, one.id, one.title, one.on, one.conversion)
            for one in self._facts.outcomes
            if one.conversion
        )
        return Figure("converted", "已转化运用的成果", len(rows), "项", rows)

    def plan(self) -> Count:
        """The year's plan: 1 or 0."""
        plan = self._facts.plan
        if plan is None:
            return Figure("plan", "年度学习计划", 0, "份")
        said = f"{plan.approved_by}审定" if plan.approved_by else ""
        rows = (Row(PLAN, plan.id, plan.title, plan.approved_on, said),)
        return Figure("plan", "年度学习计划", 1, "份", rows)

    def plan_items(self) -> tuple[Count, ...]:
        """Items of the plan by how they stand, all states.

        Done is what a counted session carried out, or what the unit itself marked so.
        """
        done = {self._study.more(key).item for key in self._study.ids}
        found: dict[str, list[Row]] = {state: [] for state in ITEM_STATES}
        for item in self._facts.items:
            found[DONE if item.id in done else item.state].append(self._item(item))
        return tuple(
            Figure(f"items_{state}", f"计划项目：{label}", len(found[state]), "项",
                   tuple(found[state]))
            for state, label in ITEM_STATES.items()
        )  # fmt: skip

    def returned(self) -> tuple[Count, Count]:
        """Papers the department returned, and those of them handed in again afterwards."""
        returned: dict[tuple[str, int], Step] = {}
        mended: dict[tuple[str, int], Step] = {}
        for step in self._facts.steps:
            key = (step.paper, step.key)
            if step.kind == RETURN:
                returned.setdefault(key, step)
                mended.pop(key, None)
            elif step.kind == SUBMIT and key in returned:
                mended.setdefault(key, step)
        return (
            Figure("returned", "退回更正的材料", len(returned), "件",
                   tuple(_paper(step, "退回") for step in returned.values())),
            Figure("mended", "更正后重新报送", len(mended), "件",
                   tuple(_paper(step, "重新报送") for step in mended.values())),
        )  # fmt: skip

    def findings(self) -> tuple[Count, Count]:
        """Problems the department noted, and those of them signed off."""
        noted = tuple(
            Row(FINDING, one.id, one.problem, one.on, "已销号" if one.closed_on else "整改中")
            for one in self._facts.problems
        )
        closed = tuple(
            Row(FINDING, one.id, one.problem, one.closed_on)
            for one in self._facts.problems
            if one.closed_on
        )
        return (
            Figure("findings", "检查发现的问题", len(noted), "个", noted),
            Figure("findings_closed", "已整改销号", len(closed), "个", closed),
        )

    def sit_ins(self) -> Count:
        """Sessions the department listened to."""
        rows = tuple(Row(SIT_IN, one.id, "巡听旁听", one.on) for one in self._facts.heard)
        return Figure("sit_ins", "接受巡听旁听", len(rows), rows=rows)

    def _outcomes(
        self, key: str, label: str, measure: str, kind: str, by_principal: bool = False
    ) -> Count:
        rows = tuple(
            Row(OUTCOME, one.id, one.title, one.on, _of_outcome(one))
            for one in self._facts.outcomes
            if one.kind == kind and (one.by_principal or not by_principal)
        )
        return Figure(key, label, len(rows), measure, rows)

    def _item(self, item: Item) -> Row:
        period = parse_period(item.period)
        first = period.first if isinstance(period, Month) else None
        note = "，".join(part for part in (period.label, item.note) if part)
        plan = self._facts.plan.id if self._facts.plan else None
        return Row(PLAN, plan, item.topic, first, note)


def _of_outcome(one: Achieved) -> str:
    level = f"{LEVELS[one.level]}级" if one.level and one.level != "unit" else ""
    principal = "主要领导" if one.by_principal else ""
    said = (level, principal, one.authors, one.outlet, one.conversion)
    return "，".join(part for part in said if part)


def _paper(step: Step, word: str) -> Row:
    return Row(step.paper, step.key, step.name, step.on, word)
