"""What happened to a session, a plan or a report between the clerk and the department."""

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import NamedTuple

from django.utils import timezone

from accounts.models import User
from portal.sample.days import SampleDays
from portal.sample.fates import Papers
from portal.sample.themes import RETURN_REASONS
from sessions.models import AnnualPlan, ReviewEvent, Status, StudySession, UnitReport
from sessions.services import STATUS_AFTER

Kind = ReviewEvent.Kind
BY_DEPARTMENT = {Kind.ACCEPT, Kind.FILE, Kind.RETURN}
RETURNED_ITEMS = ("attendance", "speeches", "form", "content")


class Step(NamedTuple):
    kind: ReviewEvent.Kind
    on: dt.date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who enters for the unit (nobody where it has no account) and who reviews."""

    clerk: User | None
    auditor: User | None


class Reviews:
    """Invents the steps of one unit's papers, by working days; later ones are cut off."""

    def __init__(self, days: SampleDays, chance: Random, desk: Desk) -> None:
        self.days = days
        self.chance = chance
        self.desk = desk

    def straight(self, submitted: dt.date, end: ReviewEvent.Kind = Kind.ACCEPT) -> list[Step]:
        """Handed in, looked at within a week."""
        return [Step(Kind.SUBMIT, submitted), Step(end, self._later(submitted, 1, 5))]

    def corrected(
        self, submitted: dt.date, reason: str, end: ReviewEvent.Kind = Kind.ACCEPT
    ) -> list[Step]:
        """Returned once and handed in again within the days allowed."""
        returned = self._later(submitted, 1, 3)
        return [
            Step(Kind.SUBMIT, submitted),
            Step(Kind.RETURN, returned, reason),
            *self.straight(self._later(returned, 1, 4), end),
        ]

    def left_returned(self, submitted: dt.date, reason: str) -> list[Step]:
        """Returned, and nobody has mended it."""
        return [
            Step(Kind.SUBMIT, submitted),
            Step(Kind.RETURN, self._later(submitted, 1, 3), reason),
        ]

    def of_session(self, ended: dt.date, *, late: float, returned: float) -> list[Step]:
        """A session's steps; `late` and `returned` are probabilities."""
        chance = self.chance
        is_late = chance.random() < late
        submitted = self._later(ended, 6, 11) if is_late else self._later(ended, 0, 4)
        turn = chance.random()
        if turn < returned:
            return self.corrected(submitted, chance.choice(RETURN_REASONS))
        if turn < returned + 0.02:  # seen after acceptance, taken back to be mended
            accepted = self.straight(submitted)
            back = self._later(accepted[-1].on, 2, 6)
            reason = "抽查发现签到表与登记不符，请更正。"
            again = self.straight(self._later(back, 0, 2))
            return [*accepted, Step(Kind.RETURN, back, reason), *again]
        if turn < returned + 0.04:  # withdrawn on the same day to correct a slip
            again = self.straight(submitted)
            return [Step(Kind.SUBMIT, submitted), Step(Kind.WITHDRAW, submitted), *again]
        if turn < returned + 0.08:  # not looked at yet
            return [Step(Kind.SUBMIT, submitted)]
        return self.straight(submitted)

    def of_paper(
        self,
        story: Papers,
        submitted: dt.date,
        overdue: dt.date,
        reason: str,
        end: ReviewEvent.Kind,
    ) -> list[Step]:
        """A plan's or report's steps, handed in on `submitted`, or on `overdue` if late."""
        if story is Papers.MISSING:
            return []
        if story is Papers.LATE:
            return self.straight(overdue, end)
        if story is Papers.CORRECTED:
            return self.corrected(submitted, reason, end)
        if story is Papers.RETURNED:
            return self.left_returned(submitted, reason)
        return self.straight(submitted, end)

    def put(
        self, about: StudySession | AnnualPlan | UnitReport, steps: list[Step]
    ) -> list[ReviewEvent]:
        """The events that have happened by the end of the data; sets the status they lead to."""
        happened = [step for step in steps if self.days.seen(step.on)]
        events = []
        status, hour = Status.DRAFT, 9
        for number, step in enumerate(happened):
            same_day = number > 0 and happened[number - 1].on == step.on
            hour = hour + 1 if same_day else self.chance.randint(8, 13)
            at = dt.datetime.combine(step.on, dt.time(hour, self.chance.randrange(60)))
            events.append(
                ReviewEvent(
                    session=about if isinstance(about, StudySession) else None,
                    plan=about if isinstance(about, AnnualPlan) else None,
                    report=about if isinstance(about, UnitReport) else None,
                    kind=step.kind,
                    on=step.on,
                    at=timezone.make_aware(at),
                    by=self.desk.auditor if step.kind in BY_DEPARTMENT else self.desk.clerk,
                    reason=step.reason,
                    fields=[self.chance.choice(RETURNED_ITEMS)] if step.reason else [],
                )
            )
            status = STATUS_AFTER[step.kind]
        about.status = status
        about.version = 1 + len(events)
        return events

    def _later(self, day: dt.date, least: int, most: int) -> dt.date:
        return self.days.after(day, self.chance.randint(least, most))
