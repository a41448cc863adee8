"""Known-answer cases: a file as parsed JSON, as facts, and the answer as it is compared."""

import datetime as dt
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.periods import WorkingCalendar
from reports.rules.engine import RuleContext
from reports.rules.facts import (
    AttendanceGroup,
    EventFacts,
    EvidenceFacts,
    RecordFacts,
    RuleFacts,
    RuleSetFacts,
    SessionFacts,
    SpeechFacts,
    TermFacts,
    TopicFacts,
    UnitFacts,
    WaiverFacts,
)
from reports.rules.results import Result, UnitEvaluation
from reports.rules.words import LEAVE_COUNTS_AS, WARN_DAYS

Json = Mapping[str, Any]
_RULE_FIELDS = {"key", "enabled", "severity", "points", "deduction"}
_COMPARED = ("rule", "period", "outcome", "actual", "required", "counts")
_RULE_SET_NUMBERS = ("min_speakers", "min_service_days", "correction_workdays", "settle_workdays")


@dataclass(frozen=True)
class Case:
    """One file: `data` is its JSON as it stands."""

    name: str
    data: Json

    @property
    def as_of(self) -> dt.date:
        return day(self.data["as_of"])

    @property
    def expected(self) -> Json:
        answer: Json = self.data["expected"]
        return answer

    @property
    def calendar(self) -> WorkingCalendar:
        rows = self.data["calendar"]
        return WorkingCalendar(
            frozenset(map(day, rows["holidays"])), frozenset(map(day, rows["workdays"]))
        )

    @property
    def context(self) -> RuleContext:
        return RuleContext(rule_set_facts(self.data["rule_set"]), self.calendar, self.as_of)

    @property
    def unit(self) -> UnitFacts:
        return unit_facts(self.data)


def cases_folder() -> Path:
    return Path(os.environ.get("COMPLIANCE_CASES") or Path(__file__).parent)


def load_cases() -> list[Case]:
    files = sorted(cases_folder().glob("*.json"))
    return [Case(path.stem, json.loads(path.read_text("utf-8"))) for path in files]


def comparable(evaluation: UnitEvaluation) -> dict[str, Any]:
    """An evaluation in the shape of a case's `expected`, without what is not compared."""
    return {
        "standing": evaluation.standing,
        "figures": evaluation.figures.to_json(),
        "results": [_comparable(result) for result in evaluation.results],
    }


def _comparable(result: Result) -> dict[str, object]:
    return {name: value for name, value in result.to_json().items() if name in _COMPARED}


def expected(case: Case) -> dict[str, Any]:
    """A case's `expected` without what is not compared."""
    rows = [
        {name: value for name, value in row.items() if name in _COMPARED}
        for row in case.expected["results"]
    ]
    return {
        "standing": case.expected["standing"],
        "figures": case.expected["figures"],
        "results": rows,
    }


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _day(text: str | None) -> dt.date | None:
    return day(text) if text else None


def rule_set_facts(data: Json) -> RuleSetFacts:
    shared: dict[str, Any] = {name: data[name] for name in _RULE_SET_NUMBERS if name in data}
    if "counted_statuses" in data:
        shared["counted_statuses"] = frozenset(data["counted_statuses"])
    return RuleSetFacts(
        year=data["year"],
        rules=tuple(rule_facts(rule) for rule in data["rules"]),
        leave_counts_as={**LEAVE_COUNTS_AS, **data.get("leave_counts_as", {})},
        warn_days={**WARN_DAYS, **data.get("warn_days", {})},
        **shared,
    )


def rule_facts(data: Json) -> RuleFacts:
    params = {name: value for name, value in data.items() if name not in _RULE_FIELDS}
    return RuleFacts(data["key"], data.get("enabled", True), data["severity"], params)


def unit_facts(data: Json) -> UnitFacts:
    persons = {row["id"]: row.get("person") or row["id"] for row in data["members"]}
    return UnitFacts(
        unit=data["name"],
        established_on=_day(data["unit"]["established_on"]),
        abolished_on=_day(data["unit"]["abolished_on"]),
        terms=tuple(
            TermFacts(
                persons[row["id"]], row["role"], day(row["start_date"]), _day(row["end_date"])
            )
            for row in data["members"]
        ),
        sessions=tuple(session_facts(row, persons) for row in data["sessions"]),
        topics=tuple(
            TopicFacts(row["id"], day(row["from"]), day(row["due"])) for row in data["topics"]
        ),
        plan=tuple(_events(data["plan"])),
        half_year_report=tuple(_events(data["half_year_report"])),
        annual_report=tuple(_events(data["annual_report"])),
        records=tuple(
            RecordFacts(persons[row["member"]], row["kind"], day(row["date"]))
            for row in data["personal_records"]
        ),
        waivers=frozenset(WaiverFacts(row["rule"], row["period"]) for row in data["waivers"]),
    )


def session_facts(data: Json, persons: Mapping[str, str]) -> SessionFacts:
    return SessionFacts(
        id=data["id"],
        date=day(data["date"]),
        end_date=day(data.get("end_date") or data["date"]),
        half_days=data["half_days"],
        form=data["form"],
        events=tuple(_events(data["events"])),
        attendance=tuple(_attendance(row) for row in data["attendance"]),
        speeches=tuple(
            SpeechFacts(persons[row["member"]], row["kind"]) for row in data["speeches"]
        ),
        topics=tuple(data["topics"]),
        evidence=tuple(EvidenceFacts(row["kind"], day(row["on"])) for row in data["evidence"]),
    )


def _events(rows: list[Json]) -> Iterator[EventFacts]:
    return (EventFacts(day(row["on"]), row["kind"]) for row in rows)


def _attendance(row: Json) -> AttendanceGroup:
    makeup = row.get("makeup") or {}
    return AttendanceGroup(
        row["status"],
        row.get("leave_kind"),
        _day(makeup.get("date")),
        _day(makeup.get("confirmed_on")),
    )
