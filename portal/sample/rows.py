"""The unsaved rows of some units, by kind, each list in the order it must be written."""

from dataclasses import dataclass, field

from portal.sample.county import SampleUnit
from sessions.models import (
    AnnualPlan,
    Attendance,
    Evidence,
    Outcome,
    PersonalRecord,
    PlanItem,
    ReviewEvent,
    Speech,
    StudySession,
    Topic,
    UnitReport,
)
from units.models import Person, RosterEntry


@dataclass(slots=True)
class Rows:
    """What the sample says of some units, not yet in the database.

    `joint` are the sessions studied with another unit, with the leading unit's code.
    """

    people: list[Person] = field(default_factory=list)
    entries: list[RosterEntry] = field(default_factory=list)
    plans: list[AnnualPlan] = field(default_factory=list)
    items: list[PlanItem] = field(default_factory=list)
    sessions: list[StudySession] = field(default_factory=list)
    joint: list[tuple[StudySession, SampleUnit]] = field(default_factory=list)
    topics: list[tuple[StudySession, Topic]] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)
    speeches: list[Speech] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    reports: list[UnitReport] = field(default_factory=list)
    events: list[ReviewEvent] = field(default_factory=list)
    records: list[PersonalRecord] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
