"""Terms read from a roster, beside those on record."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from units.models import Person, RosterEntry, Unit
from units.spreadsheets.problems import Problem
from units.spreadsheets.tables import Row
from units.spreadsheets.texts import plain

PersonKey = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a roster, read and checked by itself. ``is_assumed``: the row names no start."""

    row: Row
    unit: Unit
    name: str
    distinction: str
    role: str
    post: str
    rank_order: int
    start: date
    end: date | None
    appointment_no: str
    note: str
    portfolio: str = ""
    is_assumed: bool = False

    @property
    def person(self) -> PersonKey:
        return (self.unit.pk, self.name, self.distinction)

    def is_told_by(self, entry: RosterEntry) -> bool:
        """Whether the record holds the office already, and knows since when: this row does not."""
        goes_on = entry.end_date is None or (self.end is not None and self.end <= entry.end_date)
        return (
            self.is_assumed
            and goes_on
            and entry.role == self.role
            and self.overlaps(entry.start_date, entry.end_date)
        )

    def overlaps(self, start: date, end: date | None) -> bool:
        """Half-open terms that share a day."""
        return (end is None or self.start < end) and (self.end is None or start < self.end)


def on_record(
    unit_ids: set[int],
) -> tuple[dict[PersonKey, Person], dict[PersonKey, list[RosterEntry]]]:
    """The people of the units, and their entries, by what names them."""
    people = {
        (person.unit_id, person.name, person.distinction): person
        for person in Person.objects.filter(unit__in=unit_ids)
    }
    by_pk = {person.pk: key for key, person in people.items()}
    entries: dict[PersonKey, list[RosterEntry]] = defaultdict(list)
    for entry in RosterEntry.objects.filter(person__unit__in=unit_ids):
        entries[by_pk[entry.person_id]].append(entry)
    return people, entries


def compared(
    term: Term, entries: list[RosterEntry], earlier: list[Term]
) -> tuple[bool, Problem | None]:
    """Whether the term is on the roster already, or what speaks against adding it."""
    for other in earlier:
        if term.overlaps(other.start, other.end):
            message = _("与第 %(row)s 行的“%(name)s”任期重叠。") % {
                "row": other.row.number,
                "name": term.name,
            }
            advice = _("同一人请改正任期；确为同名的两人，请填“同名区分”。")
            return False, term.row.problem("name", message, advice)
    for entry in entries:
        if (entry.role, entry.start_date) == (term.role, term.start):
            differing = _differing(term, entry)
            if not differing:
                return True, None
            message = _("名册中已有“%(name)s”的这段任期，但%(what)s不同。") % {
                "name": term.name,
                "what": "、".join(differing),
            }
            return False, term.row.problem("name", message, _("请在名册页面更正。"))
    if any(map(term.is_told_by, entries)):
        return True, None
    for entry in entries:
        if term.overlaps(entry.start_date, entry.end_date):
            message = _("名册中“%(name)s”已有从 %(start)s 起的任期，与本行重叠。") % {
                "name": term.name,
                "start": entry.start_date.isoformat(),
            }
            return False, term.row.problem("start", message, _("请先在名册页面结束原任期。"))
    return False, None


def without_portfolio(term: Term, entries: list[RosterEntry]) -> RosterEntry | None:
    """The entry on record that is this term and does not say what its row says (分管工作)."""
    for entry in entries:
        is_same = (entry.role, entry.start_date) == (term.role, term.start)
        if (is_same or term.is_told_by(entry)) and term.portfolio and not entry.portfolio:
            return entry
    return None


def _differing(term: Term, entry: RosterEntry) -> list[str]:
    differing = []
    if term.end != entry.end_date:
        differing.append(_("任职止"))
    if term.post and plain(entry.post) != term.post:
        differing.append(_("职务"))
    if term.portfolio and entry.portfolio and plain(entry.portfolio) != term.portfolio:
        differing.append(_("分管工作"))
    return differing
