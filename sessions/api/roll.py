"""Attendance and speeches of a body: by entries of the roster, as programs know members."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail

from sessions.api.references import References
from sessions.models import Attendance, Speech
from sessions.recording.checks import leave_without_kind, roll_call
from sessions.recording.ground import Ground
from sessions.recording.written import Mark
from units.models import RosterEntry

Faults = dict[str, list[ErrorDetail]]
Status = Attendance.Status


@dataclass(slots=True)
class Roll:
    """The unit's due members of a day, and whoever else a body names of its roster."""

    due: Sequence[RosterEntry]
    people: dict[int, tuple[int, str]]

    @property
    def names(self) -> dict[int, str]:
        return {entry.person_id: entry.person.name for entry in self.due}


class Rolls:
    """The rolls of one unit."""

    def __init__(self, ground: Ground, references: References) -> None:
        self._ground, self._references = ground, references

    def of(self, day: date, named: Mapping[str, int]) -> Roll:
        """``named``: entries by the path where a body names them; absent ones are noted."""
        due = self._ground.due(day)
        people = {entry.pk: (entry.person_id, entry.person.name) for entry in due}
        others = {path: pk for path, pk in named.items() if pk not in people}
        if others:
            rows = RosterEntry.objects.select_related("person")
            found = self._references.find(rows, others).values()
            people |= {entry.pk: (entry.person_id, entry.person.name) for entry in found}
        return Roll(due, people)


def read_roll(
    sent: Mapping[str, Any], rolls: Rolls, day: date, stored: Mapping[int, Mark] | None, at: str
) -> tuple[dict[int, Mark], Faults]:
    """The marks by person, and what is wrong with them, by field.

    ``stored`` are those of the record so far, None for a new one: of it stays what the body does
    not name. Whenever the day or the attendance is, everybody due must be on the list.
    """
    lines = sent.get("attendance", ())
    roll = rolls.of(day, _paths(sent, at))
    faults: Faults = defaultdict(list)
    before = marks = dict(stored or {})
    if "attendance" in sent or "others" in sent or stored is None:
        marks = _attended(lines, roll, before, faults)
    if "others" in sent:
        there = {person: _present(before.get(person, Mark())) for person in roll.names}
        marks = there | marks
    if sent.keys() & {"attendance", "others", "date"} or stored is None:
        for text in roll_call(roll.names, _called(lines, marks, roll)):
            faults["attendance"].append(ErrorDetail(text, code="roll-call"))
    if "speeches" in sent:
        marks = _spoken(sent["speeches"], roll, marks, faults)
    return {person: mark.tidied() for person, mark in marks.items()}, dict(faults)


def _paths(sent: Mapping[str, Any], at: str) -> dict[str, int]:
    return {
        f"{at}{part}.{place}.member": line["member"]
        for part in ("attendance", "speeches")
        for place, line in enumerate(sent.get(part, ()))
    }


def _called(
    lines: Sequence[Mapping[str, Any]], marks: Mapping[int, Mark], roll: Roll
) -> list[tuple[int, str]]:
    """Everybody who is on the list, as often as they are."""
    named = [roll.people[line["member"]] for line in lines if line["member"] in roll.people]
    there = {person for person, _name in named}
    # Whoever left the roster by the new day goes from the record, as on the page.
    rest = [(person, name) for person, name in roll.names.items() if person in marks]
    return named + [each for each in rest if each[0] not in there]


def _attended(
    lines: Sequence[Mapping[str, Any]],
    roll: Roll,
    before: Mapping[int, Mark],
    faults: Faults,
) -> dict[int, Mark]:
    """What was said of each stays with the person; see ``_spoken``."""
    marks: dict[int, Mark] = {}
    for place, line in enumerate(lines):
        if line["member"] not in roll.people:
            continue
        person, name = roll.people[line["member"]]
        leave_kind, at = line.get("leave_kind", ""), f"attendance.{place}.leave_kind"
        if line["status"] == Status.LEAVE and not leave_kind:
            faults[at].append(ErrorDetail(leave_without_kind(name), code="required"))
        elif line["status"] != Status.LEAVE and leave_kind:
            told = _("只有请假才填请假类别，请核对%s的出勤情况。") % name
            faults[at].append(ErrorDetail(told, code="invalid"))
        marks[person] = replace(
            before.get(person, Mark()),
            status=line["status"],
            leave_kind=leave_kind,
            reason=_squeezed(line.get("reason", "")),
            approver=_squeezed(line.get("approver", "")),
        )
    return marks


def _present(before: Mark) -> Mark:
    return replace(before, status=Status.PRESENT, leave_kind="", reason="", approver="")


def _spoken(
    lines: Sequence[Mapping[str, Any]],
    roll: Roll,
    marks: Mapping[int, Mark],
    faults: Faults,
) -> dict[int, Mark]:
    """One speech of a kind each, and one title, as the page's form has it."""
    said: dict[int, dict[str, str]] = defaultdict(dict)
    for place, line in enumerate(lines):
        if line["member"] not in roll.people:
            continue
        (person, name), kind = roll.people[line["member"]], line["kind"]
        if person not in marks:
            told = _("%s不在出勤名单中，不能登记发言。") % name
            faults[f"speeches.{place}.member"].append(ErrorDetail(told, code="invalid"))
        elif kind in said[person]:
            told = _("%s的同类发言登记了不止一次。") % name
            faults[f"speeches.{place}"].append(ErrorDetail(told, code="invalid"))
        else:
            said[person][kind] = _squeezed(line.get("title", ""))
    for person, titles in said.items():
        if len(titles) > 1 and titles[Speech.Kind.EXCHANGE]:
            told = _("既有重点发言又有交流发言的，题目只写在重点发言上：%s。")
            names = dict(roll.people.values())
            faults["speeches"].append(ErrorDetail(told % names[person], code="invalid"))
    return {person: _saying(mark, said.get(person, {})) for person, mark in marks.items()}


def _saying(mark: Mark, titles: Mapping[str, str]) -> Mark:
    key, exchange = (titles.get(kind) for kind in (Speech.Kind.KEY, Speech.Kind.EXCHANGE))
    title = key if key is not None else exchange
    return replace(mark, key=key is not None, exchange=exchange is not None, title=title or "")


def _squeezed(text: str) -> str:
    return " ".join(text.split())
