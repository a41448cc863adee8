"""Where a unit stands, in one sentence with the reason; and its figures of the year."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.compliance.on_record import OnRecord
from reports.emails.items import has_begun, titles
from reports.evaluation import Evaluated
from reports.rules.phrases import percent, plain_number
from reports.rules.results import Figures, Result
from reports.rules.words import (
    ADVISORY,
    AT_RISK,
    ATTENTION,
    BEHIND,
    MISSED,
    NOT_APPLICABLE,
    ON_TRACK,
    OUTCOME_LABELS,
    PENDING,
    REQUIRED,
    STANDING_LABELS,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """`key` colours the word; `reason` says why."""

    key: str
    word: str
    reason: str


def standing(judged: Evaluated, record: OnRecord) -> Standing:
    """The standing the rules gave, and the obligations that made it."""
    key = judged.evaluation.standing
    return Standing(key, STANDING_LABELS[key], _REASONS[key](judged, record))


def _behind(judged: Evaluated, record: OnRecord) -> str:
    missed = [one for one in judged.evaluation.results if one.outcome == MISSED]
    required = _named((one for one in missed if one.severity == REQUIRED), record)
    return _("%(duties)s%(outcome)s。") % {"duties": required, "outcome": OUTCOME_LABELS[MISSED]}


def _attention(judged: Evaluated, record: OnRecord) -> str:
    results = judged.evaluation.results
    near = _named((one for one in results if one.outcome == AT_RISK), record)
    missed = _named(
        (one for one in results if one.outcome == MISSED and one.severity == ADVISORY), record
    )
    parts = []
    if near:
        parts.append(_("临近期限或尚有缺项：%(duties)s") % {"duties": near})
    if missed:
        parts.append(_("提醒性事项未达标：%(duties)s") % {"duties": missed})
    if not parts:
        parts.append(_("有被退回、尚待更正重报的材料"))
    return f"{'；'.join(parts)}。"


def _on_track(judged: Evaluated, record: OnRecord) -> str:
    still = [
        one
        for one in judged.evaluation.results
        if one.outcome == PENDING and has_begun(one, judged.context)
    ]
    if not still:
        return _("到期的事项均已完成。")
    return _("到期的事项均已完成，%(number)d 项正在进行。") % {"number": len(still)}


def _nothing_due(judged: Evaluated, record: OnRecord) -> str:
    if judged.rule_set is None:
        return _("本年还没有适用的考核规则。")
    return _("本年没有须完成的事项。")


def _named(results: Iterable[Result], record: OnRecord) -> str:
    return "、".join(titles(results, record.topics))


_REASONS = {
    BEHIND: _behind,
    ATTENTION: _attention,
    ON_TRACK: _on_track,
    NOT_APPLICABLE: _nothing_due,
}


@dataclass(frozen=True, slots=True)
class Card:
    """A figure with its name and what it is made of."""

    name: str
    value: str
    unit: str
    note: str = ""


def cards(figures: Figures) -> tuple[Card, ...]:
    """The year's figures, worked out and written as in the mails and the workbook."""
    base = _("%(number)d/%(base)d 人次")
    made_up = figures.present + figures.made_up
    return (
        Card(_("集中学习"), str(figures.sessions), _("次")),
        Card(_("集体研讨"), str(figures.discussions), _("次")),
        Card(_("学习时间"), plain_number(figures.half_days / 2), _("天")),
        Card(
            _("到会率"),
            percent(figures.present, figures.base),
            "",
            base % {"number": figures.present, "base": figures.base},
        ),
        Card(
            _("参学率"),
            percent(made_up, figures.base),
            "",
            base % {"number": made_up, "base": figures.base},
        ),
    )


def attendance_note(figures: Figures) -> str:
    """What the two rates are made of, in one line."""
    return (
        _(
            "应到 %(due)d 人次，实到 %(present)d 人次，已补学 %(made_up)d 人次，"
            "不计入应到 %(excluded)d 人次。到会率＝实到÷（应到－不计入应到），"
            "参学率＝（实到＋已补学）÷（应到－不计入应到）。"
        )
        % figures.to_json()
    )
