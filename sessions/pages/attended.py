"""Who was there, and what they said."""

from dataclasses import dataclass

from sessions.models import Attendance, Speech


@dataclass(frozen=True, slots=True)
class Attended:
    """One member's row, and what the member said."""

    row: Attendance
    speeches: list[Speech]

    @property
    def is_here(self) -> bool:
        return self.row.status in Attendance.HERE
