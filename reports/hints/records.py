"""The records that sides of hints name, as far as the role may see them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from reports.hints.found import Facts, Sort
from sessions.models import AnnualPlan, Attendance, Evidence, StudySession, UnitReport
from units.models import Assignment, Person

_PAGES: dict[Sort, str] = {
    "sessions": "session_detail",
    "plans": "plan_detail",
    "reports": "unit_report_detail",
}
_OWNERS: dict[str, Sort] = {"session_id": "sessions", "plan_id": "plans", "report_id": "reports"}


@dataclass(slots=True)
class Line:
    """One record: what it is called, where it is, and what of it the hint is about."""

    sort: Sort
    id: int
    text: str
    notes: list[str] = field(default_factory=list)
    share: int | None = None

    @property
    def address(self) -> str:
        return reverse(_PAGES[self.sort], args=[self.id])

    @property
    def key(self) -> str:
        return f"{self.sort}:{self.id}"


class Records:
    """Reads the records of any number of sides; a query for each sort there is, five at most."""

    def __init__(self, told: Collection[Facts], role: Assignment) -> None:
        self._role = role
        self._titles: dict[tuple[Sort, int], str] = {}
        self._files: dict[tuple[Sort, int], list[str]] = defaultdict(list)
        self._people: dict[int, str] = {}
        self._read_titles(told)
        self._read_files(_ids(told, "files"))
        people = {row[1] for facts in told for row in facts.get("attended", ())}
        if people:
            rows = Person.objects.visible_to(role).filter(pk__in=people)
            self._people = dict(rows.values_list("pk", "name"))

    def lines(self, facts: Facts) -> list[Line]:
        """The records of one side, in the order of their ids."""
        found = []
        for sort in _PAGES:
            for key in facts.get(sort, ()):
                if (sort, key) in self._titles:
                    line = Line(sort, key, self._titles[sort, key])
                    line.share = facts.get("shares", {}).get(str(key))
                    line.notes = [*self._files[sort, key], *self._attended(facts, key)]
                    found.append(line)
        return found

    def _read_titles(self, told: Collection[Facts]) -> None:
        if sessions := _ids(told, "sessions"):
            rows = StudySession.objects.visible_to(self._role).filter(pk__in=sessions)
            for session in rows.only("date", "theme"):
                theme = session.theme or _("（未登记主题的学习）")
                self._titles["sessions", session.pk] = f"{_day(session.date)} {theme}"
        if plans := _ids(told, "plans"):
            for plan in AnnualPlan.objects.visible_to(self._role).filter(pk__in=plans):
                self._titles["plans", plan.pk] = _("%d年度学习计划") % plan.year
        if reports := _ids(told, "reports"):
            for report in UnitReport.objects.visible_to(self._role).filter(pk__in=reports):
                self._titles["reports", report.pk] = report.title

    def _read_files(self, files: set[int]) -> None:
        if not files:
            return
        rows = Evidence.objects.visible_to(self._role).filter(pk__in=files)
        for file in rows.exclude(checked__in=Evidence.KEPT_BACK):
            for owner, sort in _OWNERS.items():
                if (key := getattr(file, owner)) is not None:
                    self._files[sort, key].append(f"{file.get_kind_display()}：{file.name}")

    def _attended(self, facts: Facts, session: int) -> Iterator[str]:
        for key, person, status in facts.get("attended", ()):
            if key == session and person in self._people:
                yield f"{self._people[person]} {Attendance.Status(status).label}"


def _ids(told: Iterable[Facts], name: str) -> set[int]:
    return {key for facts in told for key in facts.get(name, ())}


def _day(day: dt.date) -> str:
    return date_format(day, "Y-m-d")
