"""A synthetic city or province written straight into the tables, the same rows for the same seed.

About 14 sessions and 17 members a unit: speeches, files, links to topics, late reports, returned
sessions, leave and make-ups occur as often as in real ledgers. Nothing checks the rows; they are
made to be read.
"""

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models, transaction

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
from units.models import Category, Person, RosterEntry, Unit

YEAR = 2026
MEMBERS = 17
UNITS_A_COUNTY = 120
TOPICS = 4
BATCH = 400
NOW = dt.datetime(YEAR, 12, 31, 12, tzinfo=dt.UTC)

Row = tuple[Any, ...]


class Table:
    """Rows on their way into one table, numbered from 1."""

    def __init__(self, model: type[models.Model], **fixed: Any) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        defaults = {name: fields[name].get_default() for name in fields}
        self.defaults = {name: fixed.get(name, value) for name, value in defaults.items()}
        self.model = model
        self.fields = fields
        self.table = model._meta.db_table
        self.number = 0
        self.rows: list[dict[str, Any]] = []

    def add(self, **values: Any) -> int:
        """Keeps one row until the next flush; returns its id."""
        self.number += 1
        self.rows.append({"id": self.number, **values})
        return self.number

    def flush(self) -> None:
        """Writes the rows kept so far, as fast as the database takes them."""
        if not self.rows:
            return
        varying = set().union(*self.rows)
        names = [name for name in self.fields if name in varying or self._needed(name)]
        rows = ([self._value(row, name) for name in names] for row in self.rows)
        insert(self.table, [str(self.fields[name].column) for name in names], rows)
        self.rows = []

    def _needed(self, name: str) -> bool:
        return name != "id" and self.defaults[name] is not None

    def _value(self, row: dict[str, Any], name: str) -> Any:
        value = row.get(name, self.defaults[name])
        return self.fields[name].get_db_prep_save(value, connection)


def insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """COPY on PostgreSQL, one prepared statement on SQLite."""
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row([_plain(value) for value in row])
        else:
            marks = ", ".join("%s" for _ in columns)
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(rows))


def _plain(value: Any) -> Any:
    # COPY takes text; Django wraps JSON for the driver.
    return getattr(value, "obj", value) if not hasattr(value, "dumps") else value.dumps(value.obj)


class Province:
    """Writes `units` units below one root, `UNITS_A_COUNTY` to a county."""

    def __init__(self, units: int, seed: int = 1) -> None:
        self.units = units
        self.dice = random.Random(seed)
        self.unit = Table(Unit)
        self.person = Table(Person)
        self.entry = Table(RosterEntry)
        self.topic = Table(Topic)
        self.session = Table(StudySession, created_at=NOW, updated_at=NOW)
        self.attendance = Table(Attendance)
        self.speech = Table(Speech)
        self.event = Table(ReviewEvent, at=NOW)
        self.evidence = Table(Evidence, uploaded_at=NOW)
        self.record = Table(PersonalRecord)
        self.plan = Table(AnnualPlan, updated_at=NOW)
        self.report = Table(UnitReport, updated_at=NOW)
        self.links = Table(StudySession.topics.through)

    @property
    def tables(self) -> tuple[Table, ...]:
        """In the order in which they must be written."""
        return (
            self.unit, self.person, self.entry, self.topic, self.plan, self.report, self.session,
            self.attendance, self.speech, self.event, self.evidence, self.record, self.links,
        )  # fmt: skip

    def write(self) -> None:
        """Writes everything; the tables must be empty."""
        category = Category.objects.create(code="bureau", name="部门")
        root = self.unit.add(
            code="P", category_id=category.pk, party_body="committee", path="P/", has_group=False
        )
        for number in range(TOPICS):
            first = dt.date(YEAR, 1 + number * 3, 1)
            self.topic.add(
                name=f"必学内容{number}", level="county", content_group=1,
                from_date=first, due=first + dt.timedelta(days=80),
            )  # fmt: skip
        county = root
        for number in range(self.units):
            if number % UNITS_A_COUNTY == 0:
                code = f"C{number // UNITS_A_COUNTY:03}"
                county = self.unit.add(
                    code=code, category_id=category.pk, party_body="committee",
                    parent_id=root, path=f"P/{code}/", has_group=False,
                )  # fmt: skip
                self._flush(number)
            self._unit(category.pk, county, code, number)
        self._flush(0)
        models_written = [table.model for table in self.tables]
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models_written):
                cursor.execute(statement)

    def _flush(self, number: int) -> None:
        if number % BATCH < UNITS_A_COUNTY:
            with transaction.atomic():
                for table in self.tables:
                    table.flush()

    def _unit(self, category: int, county: int, above: str, number: int) -> None:
        code = f"U{number:06}"
        unit = self.unit.add(
            code=code, category_id=category, party_body="leading_group", parent_id=county,
            path=f"P/{above}/{code}/", rank_order=number,
        )  # fmt: skip
        entries = [self._member(unit, rank) for rank in range(MEMBERS)]
        self._documents(unit)
        days = sorted(self._days())
        for position, day in enumerate(days):
            self._session(unit, entries, day, position)

    def _member(self, unit: int, rank: int) -> int:
        dice = self.dice
        person = self.person.add(unit_id=unit, name=f"成员{rank}")
        role = "leader" if rank == 0 else "deputy" if rank < 3 else "member"
        start = dt.date(2019 + dice.randrange(7), 1 + dice.randrange(12), 1 + dice.randrange(28))
        if dice.random() < 0.9:
            self.record.add(
                person_id=person, kind="reflection", title="学习体会",
                date=dt.date(YEAR, 1 + dice.randrange(12), 1 + dice.randrange(28)),
            )  # fmt: skip
        return self.entry.add(person_id=person, role=role, rank_order=rank, start_date=start)

    def _documents(self, unit: int) -> None:
        plan = self.plan.add(unit_id=unit, year=YEAR, title="学习计划", status="filed")
        self._event(dt.date(YEAR, 1, 5 + self.dice.randrange(30) % 26), "submit", plan_id=plan)
        self._event(dt.date(YEAR, 2, 5), "file", plan_id=plan)
        for kind, day in (("half_year", dt.date(YEAR, 7, 6)), ("annual", dt.date(YEAR, 12, 18))):
            report = self.report.add(unit_id=unit, year=YEAR, kind=kind, status="submitted")
            self._event(day, "submit", report_id=report)

    def _event(self, on: dt.date, kind: str, **about: int) -> None:
        self.event.add(on=on, kind=kind, reason="内容不全" if kind == "return" else "", **about)

    def _days(self) -> Iterator[dt.date]:
        for month in range(1, 13):
            yield dt.date(YEAR, month, 1 + self.dice.randrange(28))
        for month in (3, 9):
            yield dt.date(YEAR, month, 1 + self.dice.randrange(28))

    def _session(self, unit: int, entries: list[int], day: dt.date, position: int) -> None:
        dice = self.dice
        form = "discussion" if position % 3 == 2 else "collective"
        returned = dice.random() < 0.05
        session = self.session.add(
            unit_id=unit, theme="专题学习", date=day, end_date=day, form=form,
            half_days=1 + dice.randrange(2), status="submitted" if returned else "accepted",
        )  # fmt: skip
        reported = day + dt.timedelta(days=dice.randrange(8))
        self._event(reported, "submit", session_id=session)
        if returned:
            self._event(reported + dt.timedelta(days=1), "return", session_id=session)
            self._event(reported + dt.timedelta(days=4), "submit", session_id=session)
        else:
            self._event(reported + dt.timedelta(days=3), "accept", session_id=session)
        for kind in ("sign_in", "minutes"):
            on = day + dt.timedelta(days=dice.randrange(6))
            self.evidence.add(session_id=session, kind=kind, on=on, name="文件", checked="clean")
        if dice.random() < 0.4:
            topic = 1 + dice.randrange(TOPICS)
            self.links.add(studysession_id=session, topic_id=topic)
        here = [entry for entry in entries if self._attend(session, entry, day)]
        if form == "discussion":
            for order, entry in enumerate(dice.sample(here, min(4, len(here)))):
                kind = "key" if order < 2 else "exchange"
                self.speech.add(session_id=session, member_id=entry, kind=kind, title="发言")

    def _attend(self, session: int, entry: int, day: dt.date) -> bool:
        throw = self.dice.random()
        if throw < 0.88:
            self.attendance.add(session_id=session, member_id=entry, status="present")
        elif throw < 0.90:
            self.attendance.add(session_id=session, member_id=entry, status="late")
        else:
            kinds = ("sick", "official_trip", "personal", "offsite_training")
            leave = throw < 0.98
            made = day + dt.timedelta(days=5 + int(throw * 1000) % 30) if throw < 0.96 else None
            self.attendance.add(
                session_id=session, member_id=entry, status="leave" if leave else "absent",
                leave_kind=kinds[int(throw * 10000) % 4] if leave else "",
                makeup_date=made, makeup_confirmed_on=made,
                makeup_method="materials" if made else "",
            )  # fmt: skip
        return throw < 0.90
