"""Attendance of one session or one member under a rule set: who counts as what."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from reports.rules.facts import AttendanceGroup
from reports.rules.horizon import Horizon
from reports.rules.words import EXCLUDED, LEAVE, PRESENT


@dataclass(slots=True)
class Turnout:
    """Person-times: due = present + leave + absent; `excluded` is a part of `leave`.

    Leave that counts as present is in `present`; a make-up counts once it is confirmed, on a row
    that counts as absent.
    """

    present: int = 0
    leave: int = 0
    absent: int = 0
    excluded: int = 0
    made_up: int = 0

    @property
    def due(self) -> int:
        """All rows."""
        return self.present + self.leave + self.absent

    @property
    def base(self) -> int:
        """The denominator of both rates."""
        return self.due - self.excluded

    def add(self, group: AttendanceGroup, horizon: Horizon) -> None:
        """Count rows that are alike, as the rule set at its date has it."""
        number = group.number
        counts_as = horizon.counts_as(group.status, group.leave_kind)
        if counts_as == PRESENT:
            self.present += number
            return
        if group.status == LEAVE:
            self.leave += number
        else:
            self.absent += number
        if counts_as == EXCLUDED:
            self.excluded += number
        elif _confirmed(group.makeup_confirmed_on, horizon.as_of):
            self.made_up += number


def turnout(groups: Iterable[AttendanceGroup], horizon: Horizon) -> Turnout:
    """The sum of the groups."""
    total = Turnout()
    for group in groups:
        total.add(group, horizon)
    return total


def _confirmed(on: dt.date | None, as_of: dt.date) -> bool:
    return on is not None and on <= as_of
