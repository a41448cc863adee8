"""What the rules are told: immutable facts of one unit, and of the rule set that applies to it.

Rows that come by the hundred thousand (sessions and what hangs on them) are named tuples, the
cheapest immutable object there is; they may be shared between units. The bundles are frozen
dataclasses. Dates are local dates (Asia/Shanghai). Facts hold everything on record, whatever
its date: what is still invisible at the day of evaluation is the engine's business.
"""

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from reports.rules.words import LEAVE_COUNTS_AS, WARN_DAYS


class EventFacts(NamedTuple):
    """A dated step of a session or document: submit, accept, file, return or withdraw."""

    on: dt.date
    kind: str


class AttendanceGroup(NamedTuple):
    """`number` attendance rows of due members of one session that are alike in all the rest.

    `leave_kind` matters for status `leave` only; the make-up's dates are None where there is none.
    """

    status: str
    leave_kind: str | None = None
    makeup_date: dt.date | None = None
    makeup_confirmed_on: dt.date | None = None
    number: int = 1


class SpeechFacts(NamedTuple):
    """One speech by a due member who was present; a person's second speech is a second row."""

    person: Hashable
    kind: str


class EvidenceFacts(NamedTuple):
    """A file of some kind, and the day it came on file."""

    kind: str
    on: dt.date


class SessionFacts(NamedTuple):
    """One recorded gathering; `end_date` is its last day, `half_days` its length in half-days.

    `events` are in the order they were entered; `attendance` covers exactly the due members.
    """

    id: Hashable
    date: dt.date
    end_date: dt.date
    half_days: int
    form: str
    events: tuple[EventFacts, ...] = ()
    attendance: tuple[AttendanceGroup, ...] = ()
    speeches: tuple[SpeechFacts, ...] = ()
    topics: tuple[Hashable, ...] = ()
    evidence: tuple[EvidenceFacts, ...] = ()


class TermFacts(NamedTuple):
    """A roster row: the person held the role on the days [start, end); end None is open.

    Rows of the same person carry the same key.
    """

    person: Hashable
    role: str
    start: dt.date
    end: dt.date | None = None


class RecordFacts(NamedTuple):
    """A personal record (kind reflection or research) and its day."""

    person: Hashable
    kind: str
    on: dt.date


class TopicFacts(NamedTuple):
    """A topic to be studied on one of the days [start, due], both included, within one year."""

    id: Hashable
    start: dt.date
    due: dt.date


class WaiverFacts(NamedTuple):
    """The unit need not fulfil this rule in this period."""

    rule: str
    period: str


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """Everything on record about one unit for the rule set's year.

    The unit lives on the days [established_on, abolished_on); None is open. `topics` are the
    required topics of the year that bind this unit, in their official order. Sessions, records
    and topics of other years may be left out; terms are needed whole.
    """

    unit: Hashable
    established_on: dt.date | None = None
    abolished_on: dt.date | None = None
    terms: tuple[TermFacts, ...] = ()
    sessions: tuple[SessionFacts, ...] = ()
    topics: tuple[TopicFacts, ...] = ()
    plan: tuple[EventFacts, ...] = ()
    half_year_report: tuple[EventFacts, ...] = ()
    annual_report: tuple[EventFacts, ...] = ()
    records: tuple[RecordFacts, ...] = ()
    waivers: frozenset[WaiverFacts] = frozenset()


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """One rule of a rule set. `params` are as in the registry, dates as ISO text.

    `points` and `deduction` (per missed obligation) are None where the rule is not scored.
    """

    key: str
    enabled: bool = True
    severity: str = "required"
    params: Mapping[str, object] = field(default_factory=dict)
    points: Decimal | None = None
    deduction: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RuleSetFacts:
    """A published rule set: its rules in order, and what they share.

    `leave_counts_as` and `warn_days` are full tables. Days of service are calendar days;
    `correction_workdays` and `settle_workdays` are working days.
    """

    year: int
    rules: tuple[RuleFacts, ...]
    min_speakers: int = 2
    counted_statuses: frozenset[str] = frozenset({"submitted", "accepted"})
    leave_counts_as: Mapping[str, str] = field(default_factory=lambda: dict(LEAVE_COUNTS_AS))
    min_service_days: int = 90
    correction_workdays: int = 5
    settle_workdays: int = 5
    warn_days: Mapping[str, int] = field(default_factory=lambda: dict(WARN_DAYS))
