"""From where on something is worth a look. No rule and no figure follows from these."""

from fractions import Fraction
from typing import Final

from sessions.models import Attendance, Evidence

ENTERED_ON_ONE_DAY: Final = 10
"""So many sessions typed in by one unit on one day."""

FULL_ATTENDANCE_SESSIONS: Final = 10
"""So many counted sessions in a year, and nobody missing from any of them."""

SHORTEST_TEXT: Final = 100
"""Characters without blanks and punctuation; shorter texts are alike by chance."""

SIMILAR: Final = Fraction(9, 10)
"""See `reports.hints.texts.similarity`."""

HANDED_OUT: Final = frozenset({Evidence.Kind.NOTICE, Evidence.Kind.MATERIALS})
"""Files that units get from above: the same everywhere, as they should be."""

LONG_LEAVES: Final = frozenset(
    {
        Attendance.LeaveKind.OFFSITE_TRAINING,
        Attendance.LeaveKind.SECONDMENT,
        Attendance.LeaveKind.MATERNITY,
        Attendance.LeaveKind.LONG_SICK,
    }
)
"""Leaves that last longer than a day: whoever is on one sits nowhere in the unit that day."""

HALF_DAYS_OF_A_DAY: Final = 2
