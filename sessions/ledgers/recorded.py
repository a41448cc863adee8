"""Ledger rows against what the unit has on record: new, already there, or different."""

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from sessions.ledgers.attending import Participation
from sessions.ledgers.reading import LedgerRow
from sessions.models import Attendance, Speech, StudySession
from units.models import Unit
from units.spreadsheets.texts import squeezed

Facts = dict[str, Any]
Identity = tuple[date, str, str]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A session on record, in the terms in which ledgers are compared."""

    form: str
    facts: Facts


class Records:
    """The unit's sessions on the ledger's days, read with three queries."""

    def __init__(self, unit: Unit, days: set[date]) -> None:
        self._by_theme: dict[tuple[date, str], list[Recorded]] = defaultdict(list)
        if not days:
            return
        first, last = min(days), max(days)
        sessions = list(StudySession.objects.filter(unit=unit, date__range=(first, last)))
        of_these = {"session__unit": unit, "session__date__range": (first, last)}
        marks: dict[int, set[tuple[int, str, str]]] = defaultdict(set)
        for pk, person, status, kind in Attendance.objects.filter(**of_these).values_list(
            "session_id", "member__person_id", "status", "leave_kind"
        ):
            marks[pk].add((person, status, kind))
        speeches: dict[int, set[tuple[int, str]]] = defaultdict(set)
        for pk, person, kind in Speech.objects.filter(**of_these).values_list(
            "session_id", "member__person_id", "kind"
        ):
            speeches[pk].add((person, kind))
        for session in sessions:
            facts: Facts = {
                "end": session.end_date,
                "half_days": session.half_days,
                "place": squeezed(session.place),
                "chair": squeezed(session.chair),
                "guests": (
                    session.guests_attending,
                    session.guests_expanded,
                    session.guests_observing,
                ),
                "attendance": marks[session.pk],
                "speeches": speeches[session.pk],
            }
            self._by_theme[session.date, squeezed(session.theme)].append(
                Recorded(session.form, facts)
            )

    def of(self, ledger: LedgerRow, claimed: Container[Identity]) -> Recorded | None:
        """The session the row speaks of: same day, theme and form, else the same day and theme
        unless another row of the ledger is that one."""
        day, theme, _form = identity = identity_of(ledger)
        found = self._by_theme[day, theme]
        for one in found:
            if (day, theme, one.form) == identity:
                return one
        return next((one for one in found if (day, theme, one.form) not in claimed), None)


def identity_of(ledger: LedgerRow) -> Identity:
    """What makes two rows the same session."""
    return ledger.start, squeezed(ledger.theme), str(ledger.form)


def differences(ledger: LedgerRow, taken: Participation, recorded: Recorded) -> list[str]:
    """What the row says otherwise than the record, in the words of the columns."""
    facts: Facts = {
        "end": ledger.end,
        "half_days": ledger.half_days,
        "place": squeezed(ledger.place),
        "chair": squeezed(ledger.chair),
        "guests": tuple(ledger.guests[key] for key in ("attending", "expanded", "observing")),
        "attendance": {(m.member.person_id, m.status, m.leave_kind) for m in taken.marks},
        "speeches": {(member.person_id, kind) for member, kind in taken.speeches},
    }
    words = {
        "end": _("结束日期"),
        "half_days": _("会期"),
        "place": _("地点"),
        "chair": _("主持人"),
        "guests": _("列席人数"),
        "attendance": _("出勤"),
        "speeches": _("发言人"),
    }
    differing = [word for key, word in words.items() if facts[key] != recorded.facts[key]]
    return differing if recorded.form == ledger.form else [_("学习形式"), *differing]
