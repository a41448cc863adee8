"""Figures of the sessions: how often, how long, in which forms, with whom."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Final

from reports.periods import Month
from reports.rules.registry import MONTHLY_SESSIONS
from reports.rules.words import ADJACENT, FIELD, FORM_LABELS, MET, NOT_APPLICABLE, WAIVED
from reports.workbook.data import SessionRow
from reports.yearly.facts import SessionMore, YearFacts
from reports.yearly.figures import MONTH, SESSION, TEXT, Count, Figure, Rate, Row

SCOPES: Final[Mapping[str, str]] = {
    "section_heads": "扩大到科以上干部",
    "all_staff": "扩大到全体干部职工",
}
GUESTS: Final[Mapping[str, str]] = {
    "expanded": "扩大参加",
    "attending": "列席",
    "observing": "旁听",
    "teaching": "外请授课",
}
OFFLINE_NAME: Final = "（内容不上网的学习）"
NO_THEME: Final = "（未登记主题的学习）"
_NONE: Final = SessionMore()


class Study:
    """The counted sessions of a unit's year, and what is counted of them.

    A session that is gone since its month was closed is still counted; what the ledger does not
    say of it is unknown then.
    """

    def __init__(self, facts: YearFacts) -> None:
        self._facts = facts
        self.counted = tuple(
            (key, row) for key, row in facts.ledger if row.status in facts.counted_words
        )
        self.ids = frozenset(key for key, _row in self.counted)

    def more(self, key: int) -> SessionMore:
        """What is on record of a session besides its ledger row."""
        return self._facts.more.get(key, _NONE)

    def sessions(self) -> Count:
        """Counted sessions; the evaluation's own number."""
        value = self._facts.evaluation.figures.sessions
        return Figure("sessions", "集中学习", value, rows=self.rows(lambda row, _: row.form))

    def discussions(self) -> Count:
        """Those that are 集体研讨; the evaluation's own number."""
        value = self._facts.evaluation.figures.discussions
        rows = self.rows(_speakers, only=lambda key, _row, _more: key in self._facts.discussions)
        return Figure("discussions", "集体研讨", value, rows=rows)

    def days(self) -> Figure[Fraction]:
        """Half-days ÷ 2."""
        value = Fraction(self._facts.evaluation.figures.half_days, 2)
        rows = tuple(
            self.row(key, row, _length(row))._replace(number=Fraction(row.half_days, 2))
            for key, row in self.counted
        )
        return Figure("days", "集中学习天数", value, "天", rows, "半天数之和 ÷ 2。")

    def months(self) -> tuple[Count, Count]:
        """Months in which the monthly minimum was reached, and those in which it was due.

        A month that still runs is due once it is reached.
        """
        as_of = self._facts.about.as_of
        asked = [
            result
            for result in self._facts.evaluation.results
            if result.rule == MONTHLY_SESSIONS
            and result.outcome not in {NOT_APPLICABLE, WAIVED}
            and (result.outcome == MET or Month.parse(result.period).last <= as_of)
        ]
        rows = {
            result.period: Row(
                MONTH,
                None,
                Month.parse(result.period).label,
                Month.parse(result.period).first,
                f"集中学习 {result.actual} 次",
            )
            for result in asked
        }
        met = tuple(rows[result.period] for result in asked if result.outcome == MET)
        return (
            Figure("months_met", "达到每月次数的月份", len(met), "个月", met),
            Figure("months_due", "应达到每月次数的月份", len(asked), "个月", tuple(rows.values())),
        )

    def person_times(self) -> Iterator[Count]:
        """应到、不计入、实到、补学, in person-times."""
        figures = self._facts.evaluation.figures
        wanted = (
            ("due", "应到", figures.due),
            ("excluded", "按规定不计入应到", figures.excluded),
            ("present", "实到", figures.present),
            ("made_up", "已确认补学", figures.made_up),
        )
        for name, label, value in wanted:
            rows = tuple(
                self.row(key, row, f"{label} {getattr(row, name)} 人次")._replace(
                    number=getattr(row, name)
                )
                for key, row in self.counted
                if getattr(row, name)
            )
            yield Figure(name, label, value, "人次", rows)

    def rates(self) -> tuple[Figure[Rate], Figure[Rate]]:
        """到会率 and 参学率, exact, in person-times."""
        figures = self._facts.evaluation.figures
        attendance = Rate(figures.present, figures.base)
        participation = Rate(figures.present + figures.made_up, figures.base)
        rows = self.rows(_turnout)
        return (
            Figure("attendance", "到会率", attendance, "", rows,
                   "实到人次 ÷（应到人次－不计入人次），按人次合计后相除。"),
            Figure("participation", "参学率", participation, "", rows,
                   "（实到人次＋已确认补学人次）÷（应到人次－不计入人次），按人次合计后相除。"),
        )  # fmt: skip

    def forms(self) -> tuple[Count, ...]:
        """Counted sessions by form, in the order of the forms; those that occur."""
        return self._by(
            "form",
            {key: label for key, label in FORM_LABELS.items() if key != ADJACENT},
            lambda _key, row, _more: row.form,
            by_label=True,
        )

    def site_visits(self) -> Count:
        """Sessions out of the house: 考察调研."""
        label = FORM_LABELS[FIELD]
        rows = self.rows(lambda row, _: row.place, only=lambda _key, row, _more: row.form == label)
        return Figure("site_visits", "考察调研", len(rows), rows=rows)

    def expanded(self) -> tuple[Count, ...]:
        """Sessions with a wider circle, by how wide."""
        return self._by("expanded", SCOPES, lambda _key, _row, more: more.scope)

    def guests(self) -> tuple[Count, ...]:
        """Guests by kind, in person-times; they touch no rate."""
        found = []
        for name, label in GUESTS.items():
            rows = tuple(
                self.row(key, row, f"{label} {number} 人")._replace(number=number)
                for key, row in self.counted
                if (number := getattr(self.more(key), name))
            )
            value = sum(getattr(self.more(key), name) for key in self.ids)
            found.append(Figure(f"guests_{name}", f"{label}人员", value, "人次", rows))
        return tuple(found)

    def lectures(self) -> tuple[Count, Count]:
        """Sessions taught by somebody invited, and who taught them."""
        taught = [
            (key, row)
            for key, row in self.counted
            if self.more(key).teaching or row.form == FORM_LABELS["lecture"]
        ]
        rows = tuple(self.row(key, row, self.more(key).lecturer) for key, row in taught)
        lessons: dict[str, list[str]] = defaultdict(list)
        for key, row in taught:
            if self.more(key).lecturer:
                lessons[self.more(key).lecturer].append(self.name(key, row))
        people = tuple(
            Row(TEXT, None, name, None, "；".join(themes)) for name, themes in lessons.items()
        )
        return (
            Figure("lectures", "辅导授课", len(rows), rows=rows),
            Figure("lecturers", "授课人", len(people), "位", people),
        )

    def joint(self) -> Count:
        """Sessions held together with other groups."""
        partners = self._facts.partners
        rows = tuple(
            self.row(key, row, "、".join(partners[key]))
            for key, row in self.counted
            if key in partners
        )
        return Figure("joint", "联学", len(rows), rows=rows)

    def problems_solved(self) -> Count:
        """Sessions of which it is told what they solved."""
        rows = self.rows(
            lambda _, more: more.problem, only=lambda _key, _row, more: bool(more.problem)
        )
        return Figure("problems_solved", "推动解决实际问题", len(rows), "个", rows)

    def chaired_by_leader(self) -> Count:
        """Sessions in whose records whoever led the group on the day presides."""
        leaders = self._facts.leaders
        rows = self.rows(
            lambda row, _: row.chair,
            only=lambda _key, row, _more: any(
                term.name == row.chair and term.holds(row.date) for term in leaders
            ),
        )
        return Figure("chaired_by_leader", "组长主持的集中学习", len(rows), rows=rows)

    def unplanned(self) -> Count:
        """Sessions that carry out no item of the plan; they are legal."""
        rows = self.rows(only=lambda _key, row, _more: not row.plan_item)
        return Figure("unplanned", "计划外的集中学习", len(rows), rows=rows)

    def offline(self) -> Count:
        """Sessions whose content is kept on paper only."""
        rows = self.rows(only=lambda _key, _row, more: more.is_offline)
        return Figure("offline", "内容不上网的学习", len(rows), rows=rows)

    def left_out(self) -> Count:
        """Sessions of the span that were handed in and do not count, each with the reason."""
        rows = tuple(
            Row(SESSION, each.id, each.theme or NO_THEME, each.on, each.reason)
            for each in self._facts.left_out
        )
        note = "退回、待审核或在统计截至日之后才报送的学习。"
        return Figure("left_out", "未计入的集中学习", len(rows), rows=rows, note=note)

    def adjacent(self) -> Count:
        """What is recorded beside: counted nowhere."""
        rows = tuple(
            Row(SESSION, each.id, each.theme or NO_THEME, each.on) for each in self._facts.adjacent
        )
        label = "相关活动（党课、“三会一课”、培训等）"
        return Figure("adjacent", label, len(rows), rows=rows, note="不计入集中学习的次数和天数。")

    def name(self, key: int, row: SessionRow) -> str:
        """What a session is called; the theme of one kept on paper is not known here."""
        return OFFLINE_NAME if self.more(key).is_offline else row.theme or NO_THEME

    def row(self, key: int, row: SessionRow, note: str = "") -> Row:
        """A session as the row behind a figure."""
        return Row(SESSION, key, self.name(key, row), row.date, note)

    def rows(
        self,
        note: Callable[[SessionRow, SessionMore], str] = lambda _row, _more: "",
        *,
        only: Callable[[int, SessionRow, SessionMore], bool] = lambda _key, _row, _more: True,
    ) -> tuple[Row, ...]:
        """The counted sessions for which `only` holds, each with its note."""
        return tuple(
            self.row(key, row, note(row, self.more(key)))
            for key, row in self.counted
            if only(key, row, self.more(key))
        )

    def _by(
        self,
        key: str,
        labels: Mapping[str, str],
        said: Callable[[int, SessionRow, SessionMore], str],
        *,
        by_label: bool = False,
    ) -> tuple[Count, ...]:
        """One figure for each kind that occurs; the ledger says some by their labels."""
        kinds: dict[str, list[Row]] = {}
        for session, row in self.counted:
            kind = said(session, row, self.more(session))
            kinds.setdefault(kind, []).append(self.row(session, row))
        return tuple(
            Figure(f"{key}_{kind}", label, len(rows), rows=tuple(rows))
            for kind, label in labels.items()
            if (rows := kinds.get(label if by_label else kind))
        )


def _speakers(row: SessionRow, _more: SessionMore) -> str:
    return f"重点发言：{row.speakers}" if row.speakers else ""


def _length(row: SessionRow) -> str:
    return f"{row.half_days} 个半天"


def _turnout(row: SessionRow, _more: SessionMore) -> str:
    said = f"应到 {row.due}，实到 {row.present}"
    said += f"，不计入 {row.excluded}" if row.excluded else ""
    return said + (f"，补学 {row.made_up}" if row.made_up else "")
