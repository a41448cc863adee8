"""What stands on the feedback form 巡听旁听反馈表, whatever it is printed with."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.models import SitIn, SitInFeedback
from reports.sitins.heard import Heard, feedback_of, heard, listener_names
from sessions.printing.contents import day_text


@dataclass(frozen=True, slots=True)
class FeedbackSheet:
    """Finished texts; ``said`` are the listeners' words under their headings, in order."""

    said: tuple[tuple[str, str], ...]
    unit: str = ""
    when: str = ""
    theme: str = ""
    chair: str = ""
    turnout: str = ""
    listeners: str = ""
    fed_back_on: str = ""


def blank_feedback() -> FeedbackSheet:
    """The form to be written by hand."""
    return FeedbackSheet(said=_said(None))


def sheet_of(sit_in: SitIn, unit_name: str) -> FeedbackSheet:
    """The form of a sit-in as far as it is filled in; three queries. ``sit_in`` has its session."""
    feedback = feedback_of(sit_in)
    facts = heard(sit_in, feedback)
    return FeedbackSheet(
        said=_said(feedback),
        unit=unit_name,
        when=day_text(sit_in.date),
        theme=facts.theme,
        chair=facts.chair,
        turnout=_turnout(facts),
        listeners=listener_names(sit_in),
        fed_back_on=day_text(feedback.fed_back_on) if feedback else "",
    )


def _said(feedback: SitInFeedback | None) -> tuple[tuple[str, str], ...]:
    given = feedback or SitInFeedback()
    return (
        (_("程序规范"), given.procedure),
        (_("研讨质量"), given.quality),
        (_("档案"), given.archive),
        (_("总体评价"), given.overall),
        (_("特色亮点"), given.highlights),
        (_("存在问题"), given.problems),
        (_("意见建议"), given.advice),
    )


def _turnout(facts: Heard) -> str:
    if facts.due is None:
        return ""
    return f"{facts.due} / {'' if facts.present is None else facts.present}"
