"""A known-answer case as rows in the database, as services would have written them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from reports.models import Rule, RuleSet, Waiver
from reports.rules.registry import REQUIRED_TOPICS
from reports.rules.words import DRAFT, STATUS_AFTER
from sessions.models import (
    AnnualPlan,
    Attendance,
    Evidence,
    PersonalRecord,
    ReviewEvent,
    Speech,
    StudySession,
    Topic,
    UnitReport,
)
from tests.cases.loader import Case
from units.models import Category, Person, RosterEntry, Unit

SHARED = (
    "min_speakers", "min_service_days", "correction_workdays", "settle_workdays",
    "counted_statuses", "leave_counts_as", "warn_days",
)  # fmt: skip
NOT_PARAMETERS = {"key", "enabled", "severity"}
ROOT = "青石县"
Json = Mapping[str, Any]


class CaseRows:
    """Writes one case; `topics` and `entries` map the case's ids to rows."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.data = case.data
        self.unit = self._unit()
        self.entries = self._roster()
        self.topics = self._topics()
        self._rule_set()
        for row in self.data["sessions"]:
            self._session(row)
        self._documents()
        self._records()
        self._waivers()

    def plain(self, answer: Json) -> dict[str, Any]:
        """An answer with the case's own ids of topics in place of the rows'."""
        names = {str(topic.pk): name for name, topic in self.topics.items()}
        results = [
            {**row, "period": names[row["period"]]} if row["rule"] == REQUIRED_TOPICS else row
            for row in answer["results"]
        ]
        return {**answer, "results": results}

    def _unit(self) -> Unit:
        category, _ = Category.objects.get_or_create(code="case", defaults={"name": "已知答案"})
        root, _ = Unit.objects.get_or_create(
            code=ROOT,
            defaults={"category": category, "path": f"{ROOT}/", "has_group": False},
        )
        own, _ = Category.objects.get_or_create(code=self.case.name[:30], name=self.case.name)
        life = self.data["unit"]
        return Unit.objects.create(
            code=self.case.name[:30],
            category=own,
            parent=root,
            path=f"{ROOT}/{self.case.name}/",
            established_on=life["established_on"],
            abolished_on=life["abolished_on"],
        )

    def _roster(self) -> dict[str, RosterEntry]:
        entries = {}
        for row in self.data["members"]:
            name = row.get("person") or row["id"]
            person, _ = Person.objects.get_or_create(unit=self.unit, name=name)
            entries[row["id"]] = RosterEntry.objects.create(
                person=person,
                role=row["role"],
                start_date=row["start_date"],
                end_date=row["end_date"],
            )
        return entries

    def _topics(self) -> dict[str, Topic]:
        return {
            row["id"]: Topic.objects.create(
                name=row["id"],
                level=Topic.Level.COUNTY,
                content_group=Topic.ContentGroup.THEORY,
                from_date=row["from"],
                due=row["due"],
            )
            for row in self.data["topics"]
        }

    def _rule_set(self) -> None:
        given = self.data["rule_set"]
        rule_set = RuleSet.objects.create(
            title=self.case.name,
            year=given["year"],
            effective_from=dt.date(given["year"], 1, 1),
            unit=self.unit,
            published_at=dt.datetime(given["year"], 1, 1, tzinfo=dt.UTC),
            **{name: given[name] for name in SHARED if name in given},
        )
        Rule.objects.bulk_create(
            Rule(
                rule_set=rule_set,
                rank_order=position,
                key=rule["key"],
                enabled=rule.get("enabled", True),
                severity=rule["severity"],
                parameters={k: v for k, v in rule.items() if k not in NOT_PARAMETERS},
            )
            for position, rule in enumerate(given["rules"])
        )

    def _session(self, row: Json) -> None:
        session = StudySession.objects.create(
            unit=self.unit,
            theme=row["id"],
            date=row["date"],
            end_date=row.get("end_date") or row["date"],
            half_days=row["half_days"],
            form=row["form"],
            status=_status(row["events"]),
        )
        session.topics.set([self.topics[name] for name in row["topics"]])
        write_events(row["events"], session=session)
        Attendance.objects.bulk_create(self._attendance(session, one) for one in row["attendance"])
        Speech.objects.bulk_create(
            Speech(
                session=session,
                member=self.entries[one["member"]],
                kind=one["kind"],
                title=str(number),
            )
            for number, one in enumerate(row["speeches"])
        )
        Evidence.objects.bulk_create(
            Evidence(session=session, kind=one["kind"], on=one["on"], name=one["kind"])
            for one in row["evidence"]
        )

    def _attendance(self, session: StudySession, row: Json) -> Attendance:
        makeup = row.get("makeup") or {}
        return Attendance(
            session=session,
            member=self.entries[row["member"]],
            status=row["status"],
            leave_kind=row.get("leave_kind") or "",
            makeup_date=makeup.get("date"),
            makeup_method=makeup.get("method") or "",
            makeup_confirmed_on=makeup.get("confirmed_on"),
        )

    def _documents(self) -> None:
        year = self.data["rule_set"]["year"]
        if events := self.data["plan"]:
            plan = AnnualPlan.objects.create(
                unit=self.unit, year=year, title="计划", status=_status(events)
            )
            write_events(events, plan=plan)
        for kind in UnitReport.Kind.values:
            if events := self.data[f"{kind}_report"]:
                report = UnitReport.objects.create(
                    unit=self.unit, year=year, kind=kind, status=_status(events)
                )
                write_events(events, report=report)

    def _records(self) -> None:
        PersonalRecord.objects.bulk_create(
            PersonalRecord(
                person=self.entries[row["member"]].person,
                kind=row["kind"],
                date=row["date"],
                title=str(number),
            )
            for number, row in enumerate(self.data["personal_records"])
        )

    def _waivers(self) -> None:
        for row in self.data["waivers"]:
            named = row["rule"] == REQUIRED_TOPICS
            period = str(self.topics[row["period"]].pk) if named else row["period"]
            Waiver.objects.create(
                unit=self.unit,
                rule=row["rule"],
                period=period,
                approver="批准人",
                reason="理由",
                granted_on=self.case.as_of,
            )


def write_events(rows: Iterable[Json], **about: Any) -> None:
    """Events in the order given, which their ids keep."""
    for row in rows:
        ReviewEvent.objects.create(
            kind=row["kind"],
            on=row["on"],
            at=dt.datetime.fromisoformat(f"{row['on']}T10:00:00+08:00"),
            reason="内容不全" if row["kind"] == "return" else "",
            **about,
        )


def _status(events: list[Json]) -> str:
    return STATUS_AFTER[events[-1]["kind"]] if events else DRAFT
