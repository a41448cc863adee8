"""What stands on the papers of a session, whatever they are printed with.

Of a session that must stay offline only what is stored is said: not what was studied, and where
the paper file lies.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sessions.models import StudySession
from sessions.printing.sheets import (
    SignLine,
    Turnout,
    blank_lines,
    group_name,
    speech_lines,
    turnout,
)
from sessions.recording.due import due_members
from units.models import Unit


@dataclass(frozen=True, slots=True)
class SignInSheet:
    """The sign-in sheet 签到（考勤）表; ``took_part`` is None while it is still to be signed."""

    group: str = ""
    when: str = ""
    place: str = ""
    chair: str = ""
    theme: str = ""
    lines: tuple[SignLine, ...] = ()
    due: int | None = None
    took_part: Turnout | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One heading of a form and what stands beside it; ``is_tall`` leaves room for a hand."""

    label: str
    text: str = ""
    is_tall: bool = False


@dataclass(frozen=True, slots=True)
class RecordSheet:
    """The study record 学习记录: four short facts, then one below the other."""

    group: str
    facts: tuple[Said, ...]
    said: tuple[Said, ...]


def sheet_of(session: StudySession, *, is_blank: bool) -> SignInSheet:
    """Of a session on record: as it was, or to be signed once more; three queries.

    ``session`` has its unit.
    """
    took_part = turnout(session)
    due = due_members(session.unit, session.date) if is_blank else []
    return SignInSheet(
        group=group_on(session.unit, session.date),
        when=when(session),
        place=session.place,
        chair=session.chair,
        theme=_("（内容不上网，见纸质档案）") if session.is_offline_only else session.theme,
        lines=tuple(blank_lines(due) if is_blank else took_part.lines),
        due=len(due) if is_blank else took_part.due,
        took_part=None if is_blank else took_part,
    )


def sheet_for_day(unit: Unit, day: date, theme: str) -> SignInSheet:
    """For a session still to come: the members in office on its day, to be signed; two queries."""
    due = due_members(unit, day)
    return SignInSheet(
        group=group_on(unit, day),
        when=day_text(day),
        theme=theme,
        lines=tuple(blank_lines(due)),
        due=len(due),
    )


def record_of(session: StudySession) -> RecordSheet:
    """The study record of a session; five queries. ``session`` has its unit and plan item."""
    took_part = turnout(session)
    half_days = _("（%(half_days)s 个半天）") % {"half_days": session.half_days}
    said = [*_studied(session), *_people(session, took_part)]
    if not session.is_offline_only:
        said += _content(session)
    return RecordSheet(
        group=group_on(session.unit, session.date),
        facts=(
            Said(_("学习时间"), when(session) + half_days),
            Said(_("地点"), session.place),
            Said(_("主持人"), session.chair),
            Said(_("学习形式"), session.get_form_display()),
        ),
        said=tuple(said),
    )


def blank_record(group: str) -> RecordSheet:
    """The study record to be written by hand."""
    return RecordSheet(
        group=group,
        facts=(Said(_("学习时间")), Said(_("地点")), Said(_("主持人")), Said(_("学习形式"))),
        said=(
            Said(_("学习主题")),
            Said(_("参加人员"), is_tall=True),
            Said(_("缺席人员及原因"), is_tall=True),
            Said(_("学习内容"), is_tall=True),
            Said(_("讨论发言的主要精神"), is_tall=True),
        ),
    )


def group_on(unit: Unit, day: date) -> str:
    """The full name of the unit's group on the day; one query."""
    name = unit.names.filter(valid_from__lte=day).order_by("-valid_from").first()
    return group_name(unit, name.name if name else unit.code)


def when(session: StudySession) -> str:
    """The day, or the days, of a session."""
    if session.end_date == session.date:
        return day_text(session.date)
    last = date_format(session.end_date, _("n月j日"))
    return _("%(first)s至%(last)s") % {"first": day_text(session.date), "last": last}


def day_text(day: date | None) -> str:
    """2026年3月5日; nothing for no day."""
    return date_format(day, _("Y年n月j日")) if day else ""


def _studied(session: StudySession) -> list[Said]:
    if session.is_offline_only:
        place = {"archive_place": session.archive_place}
        text = _("含不宜上网内容，见纸质档案（存放处：%(archive_place)s）。") % place
        return [Said(_("学习内容"), text)]
    said = [Said(_("学习主题"), session.theme)]
    if session.lecturer:
        said.append(Said(_("授课（领学）人"), session.lecturer))
    return said


def _people(session: StudySession, took_part: Turnout) -> list[Said]:
    came = _("应到 %(due)s 人，实到 %(here)s 人：%(names)s。") % {
        "due": took_part.due,
        "here": len(took_part.here),
        "names": "、".join(took_part.here) or _("无"),
    }
    said = [
        Said(_("参加人员"), came),
        Said(_("缺席人员及原因"), "、".join(took_part.away) or _("无")),
    ]
    guests = [
        words % number
        for words, number in (
            (_("扩大参加 %s 人"), session.guests_expanded),
            (_("列席 %s 人"), session.guests_attending),
            (_("旁听 %s 人"), session.guests_observing),
            (_("授课 %s 人"), session.guests_teaching),
        )
        if number
    ]
    if guests:
        said.append(Said(_("其他参加人员"), "　".join(guests)))
    return said


def _content(session: StudySession) -> list[Said]:
    topics = "；".join(topic.name for topic in session.topics.all())
    required = [_("必学内容：") + topics] if topics else []
    speeches = enumerate(speech_lines(session), start=1)
    spoken = "\n".join(f"{number}. {line}" for number, line in speeches)
    said = [
        Said(_("学习内容"), "\n".join([*required, session.content]), is_tall=True),
        Said(_("讨论发言的主要精神"), spoken, is_tall=True),
    ]
    if session.problem_solved:
        said.append(Said(_("解决的实际问题"), session.problem_solved))
    if session.plan_item:
        said.append(Said(_("对应计划"), session.plan_item.topic))
    return said
