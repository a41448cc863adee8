"""Figures of the members: speeches, what they wrote, who did what each of them should.

Numbers of speeches, reflections and research reports are the sums of the members' sheet; how many
are short of a quota is the evaluation's own.
"""

from collections.abc import Callable, Collection
from typing import Final

from reports.rules.registry import REFLECTIONS_PER_MEMBER, SPEECHES_PER_MEMBER
from reports.rules.words import EXCHANGE_SPEECH, KEY_SPEECH, REFLECTION, RESEARCH
from reports.workbook.data import MemberRow
from reports.yearly.facts import Written, YearFacts
from reports.yearly.figures import PERSON, RECORD, SESSION, Count, Figure, Row
from reports.yearly.study import Study

LEADER: Final = "组长"
SELF_STUDY: Final = "self_study"


class People:
    """What the members of a unit's group did, over the counted sessions and the days so far."""

    def __init__(self, facts: YearFacts, study: Study) -> None:
        self._facts = facts
        self._study = study
        self._members = facts.members

    def members(self) -> Count:
        """Everybody who held a due role in the year so far."""
        rows = tuple(self._person(member, member.role) for member in self._members)
        return Figure("members", "在任过的成员", len(rows), "人", rows)

    def key_speeches(self) -> Count:
        """重点发言 in counted sessions."""
        value = sum(member.key_speeches for member in self._members)
        return Figure("key_speeches", "重点发言", value, "人次", self._spoken(KEY_SPEECH))

    def exchange_speeches(self) -> Count:
        """交流发言 in counted sessions."""
        rows = self._spoken(EXCHANGE_SPEECH)
        return Figure("exchange_speeches", "交流发言", len(rows), "人次", rows)

    def speech_texts(self) -> Count:
        """Sessions whose speeches are on file as texts."""
        rows = self._study.rows(only=lambda key, _row, _more: key in self._facts.with_texts)
        return Figure("speech_texts", "发言材料已归档的学习", len(rows), rows=rows)

    def speakers_met(self) -> Count:
        """Members who gave as many key speeches as each should (one, where no rule asks)."""
        least = self._facts.asked.speeches or 1
        return self._enough("speakers_met", "完成重点发言的成员", "key_speeches", least)

    def speakers_short(self) -> Count:
        """Members still short of their key speeches, as the evaluation counts them."""
        return self._short("speakers_short", "尚未完成重点发言的成员", SPEECHES_PER_MEMBER)

    def reflections(self) -> Count:
        """心得体会 of members."""
        value = sum(member.reflections for member in self._members)
        return Figure("reflections", "心得体会", value, "篇", self._written(REFLECTION))

    def leader_reflections(self) -> Count:
        """Those of the leader of the group."""
        leaders = {member.name: member.reflections for member in self._members
                   if member.role == LEADER}  # fmt: skip
        rows = self._written(REFLECTION, only=leaders)
        return Figure("leader_reflections", "组长心得体会", sum(leaders.values()), "篇", rows)

    def reflections_met(self) -> Count:
        """Members who wrote as many reflections as each should (one, where no rule asks)."""
        least = self._facts.asked.reflections or 1
        return self._enough("reflections_met", "完成心得体会的成员", "reflections", least)

    def reflections_short(self) -> Count:
        """Members still short of their reflections, as the evaluation counts them."""
        return self._short("reflections_short", "尚未完成心得体会的成员", REFLECTIONS_PER_MEMBER)

    def research(self) -> Count:
        """调研报告 of members."""
        value = sum(member.research for member in self._members)
        return Figure("research", "调研报告", value, "篇", self._written(RESEARCH))

    def self_study(self) -> Count:
        """个人自学, as noted; hours are not counted anywhere."""
        rows = self._written(SELF_STUDY)
        return Figure("self_study", "个人自学", len(rows), "人次", rows)

    def _spoken(self, kind: str) -> tuple[Row, ...]:
        ledger = dict(self._study.counted)
        return tuple(
            Row(SESSION, said.session, said.name, ledger[said.session].date, said.title)
            for said in self._facts.speeches
            if said.kind == kind and said.session in ledger
        )

    def _written(self, kind: str, only: Collection[str] | None = None) -> tuple[Row, ...]:
        wanted: Callable[[Written], bool] = lambda one: only is None or one.name in only  # noqa: E731
        return tuple(
            Row(RECORD, one.id, one.title, one.on, one.name)
            for one in self._facts.records
            if one.kind == kind and wanted(one)
        )

    def _enough(self, key: str, label: str, field: str, least: int) -> Count:
        rows = tuple(
            self._person(member, f"{getattr(member, field)}")
            for member in self._members
            if getattr(member, field) >= least
        )
        return Figure(key, label, len(rows), "人", rows, f"每人不少于 {least}。")

    def _short(self, key: str, label: str, rule: str) -> Count:
        """The evaluation's number. In a closed month the names are those known today: they are
        told only where they are as many.
        """
        found = (result.actual for result in self._facts.evaluation.results if result.rule == rule)
        value = next((actual for actual in found if isinstance(actual, int)), 0)
        names = self._facts.short.get(rule, ())
        rows = tuple(Row(PERSON, None, name) for name in names if len(names) == value)
        return Figure(key, label, value, "人", rows, "统计日在任、任职满规定天数的成员。")

    def _person(self, member: MemberRow, note: str) -> Row:
        return Row(PERSON, None, member.name, None, f"{member.post}：{note}")
