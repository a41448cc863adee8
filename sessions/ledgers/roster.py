"""Who a name in a ledger is: resolved against the roster in office on that day."""

import difflib
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from units.models import RosterEntry, Unit
from units.spreadsheets.names import Named
from units.spreadsheets.problems import UnreadableError
from units.spreadsheets.texts import quoted, squeezed

_COURTESIES = ("同志",)


@dataclass(frozen=True, slots=True)
class Member:
    """One term of one person, as the ledger needs it."""

    entry_id: int
    person_id: int
    name: str
    distinction: str
    post: str
    is_due: bool
    start: date
    end: date | None

    def in_office(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on < self.end)

    def answers_to(self, remark: str) -> bool:
        """The remark names this one's post or what tells namesakes apart."""
        folded = squeezed(remark)
        return bool(folded) and (
            folded == squeezed(self.distinction)
            or (bool(self.distinction) and squeezed(self.distinction) in folded)
            or folded in squeezed(self.post)
        )


class UnitRoster:
    """A unit's roster through the years, read once."""

    def __init__(self, unit: Unit) -> None:
        entries = (
            RosterEntry.objects.of_unit(unit)
            .select_related("person")
            .order_by("rank_order", "start_date", "id")
        )
        self._members = [
            Member(
                entry_id=entry.pk,
                person_id=entry.person_id,
                name=squeezed(entry.person.name),
                distinction=entry.person.distinction,
                post=entry.post,
                is_due=entry.role in RosterEntry.DUE_ROLES,
                start=entry.start_date,
                end=entry.end_date,
            )
            for entry in entries
        ]
        self._days: dict[date, Day] = {}

    def on(self, day: date) -> "Day":
        if day not in self._days:
            self._days[day] = Day(day, self._members)
        return self._days[day]


class Day:
    """The roster on one day: who was due, and who a name is."""

    def __init__(self, day: date, members: list[Member]) -> None:
        self.day = day
        self._members = members
        self.present_roster = [member for member in members if member.in_office(day)]
        self.due: dict[int, Member] = {}
        for member in self.present_roster:
            if member.is_due:
                self.due.setdefault(member.person_id, member)

    def find(self, named: Named) -> Member:
        """The one in office whom the name means; a due term goes before a secretary's.

        Raises UnreadableError for nobody, or for several of that name.
        """
        name = self._bare(named.name)
        holders = {m.person_id: m for m in self.present_roster if m.name == name and not m.is_due}
        holders |= {m.person_id: m for m in self.due.values() if m.name == name}
        if len(holders) > 1 and named.remark:
            holders = {pk: m for pk, m in holders.items() if m.answers_to(named.remark)} or holders
        if len(holders) == 1:
            return next(iter(holders.values()))
        if holders:
            raise UnreadableError(
                _("%(day)s 名册中有 %(count)s 位“%(name)s”，不知道是哪一位。")
                % {"day": self.day.isoformat(), "count": len(holders), "name": name},
                _("请在姓名后用括号写明职务或同名区分。"),
            )
        raise self._unknown(name)

    def split_remark(self, named: Named) -> Named:
        """李四病假 without brackets: the name is the longest one on the roster it begins with."""
        if named.remark or self._is_known(named.name):
            return named
        names = [m.name for m in self.present_roster if named.name.startswith(m.name)]
        if not names:
            return named
        name = max(names, key=len)
        return Named(name, named.name[len(name) :])

    def _bare(self, name: str) -> str:
        name = squeezed(name)
        for courtesy in _COURTESIES:
            if name.endswith(courtesy) and not self._is_known(name):
                name = name.removesuffix(courtesy)
        return name

    def _is_known(self, name: str) -> bool:
        return any(member.name == squeezed(name) for member in self.present_roster)

    def _unknown(self, name: str) -> UnreadableError:
        terms = [m for m in self._members if m.name == name]
        if terms:
            return UnreadableError(
                _("“%(name)s”在 %(day)s 不在任。") % {"name": name, "day": self.day.isoformat()},
                _("名册中的任期从 %(start)s 到 %(end)s，请核对日期或更正名册。")
                % {
                    "start": terms[-1].start.isoformat(),
                    "end": terms[-1].end.isoformat() if terms[-1].end else _("今"),
                },
            )
        near = difflib.get_close_matches(
            name, sorted({member.name for member in self.present_roster}), n=3, cutoff=0.5
        )
        advice = _("请先在名册中登记，或改正姓名。")
        if near:
            advice = _("是不是“%(names)s”？如果不是，请先在名册中登记。") % {
                "names": "”“".join(near)
            }
        return UnreadableError(_("名册中没有“%(name)s”。") % {"name": quoted(name)}, advice)
