"""Makes of one year of records as many years as are asked for, whatever the tables are.

    python -P years.py --year 2025 --copies 4

Runs inside the code whose schema it is, of any release: it imports nothing of the portal and names
two rooms, no table. PostgreSQL only: each table is copied by one statement a year.
"""

import argparse
import sys
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, models, transaction

# What happened is copied; who there is (units, people, accounts) stays who they are.
WHAT_HAPPENED = ("study_sessions", "reports")
PERIODS = ("month", "period")
DAYS = 364  # weekdays stay what they are

Model = type[models.Model]


def copy_years(*, year: int, copies: int) -> dict[str, int]:
    """Copies what happened in ``year`` into so many years before it; rows written by table.

    Keys, and what refers to them, are given anew; dates go back by 364 days a year (never into
    another year than is meant), whole-number years are counted down, words that must be unique are
    made anew. What is of an older year goes back beyond the copies; terms that held when the year
    began are begun so much earlier.
    """
    chosen = models_of_a_year()
    with transaction.atomic(), connection.cursor() as cursor:
        strides = {model: _stride(cursor, model) for model in chosen}
        _begin_earlier(cursor, date(year, 1, 1), copies, chosen)
        for model in chosen:
            _make_room(cursor, model, copies, strides, year)
        written = dict.fromkeys((model._meta.db_table for model in chosen), 0)
        for back in range(1, copies + 1):
            for model in chosen:
                cursor.execute(_copy(model, back, strides, year))
                written[model._meta.db_table] += cursor.rowcount
        for statement in connection.ops.sequence_reset_sql(no_style(), chosen):
            cursor.execute(statement)
        connection.check_constraints()
    return written


def models_of_a_year() -> list[Model]:
    """Models of what happened that have a date of their own or refer to one that has."""
    every = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in WHAT_HAPPENED and model._meta.managed
    ]
    chosen = {model for model in every if any(map(_dates, model._meta.local_fields))}
    while more := {
        model for model in every if model not in chosen and not chosen.isdisjoint(_above(model))
    }:
        chosen |= more
    return [model for model in every if model in chosen]


def _dates(field: Any) -> bool:
    return isinstance(field, models.DateField) or _is_year(field) or _is_period(field)


def _is_year(field: Any) -> bool:
    return isinstance(field, models.IntegerField) and field.name == "year"


def _is_period(field: Any) -> bool:
    return isinstance(field, models.CharField) and field.name in PERIODS


def _above(model: Model) -> Iterator[Model]:
    for field in model._meta.local_fields:
        if field.remote_field is not None and isinstance(field.remote_field.model, type):
            yield field.remote_field.model


def _quoted(field: Any) -> str:
    return f'"{field.column}"'


def _stride(cursor: Any, model: Model) -> int:
    """More than any key of the model, so that no copy's key meets another's."""
    key, table = model._meta.pk, model._meta.db_table
    if key is None or not isinstance(key, models.IntegerField):
        return 0
    cursor.execute(f'SELECT coalesce(max("{key.column}"), 0) + 1 FROM "{table}"')
    return int(cursor.fetchone()[0])


def _copy(model: Model, back: int, strides: dict[Model, int], year: int) -> str:
    """The statement that copies a table's rows of the year, back by so many years.

    What may stand only once and has no date to tell copies apart (a waiver that names its topic)
    is left out; were anything copied that refers to it, the check at the end would refuse all.
    """
    fields = model._meta.local_concrete_fields
    columns = ", ".join(map(_quoted, fields))
    values = ", ".join(_value(field, model, back, strides) for field in fields)
    wanted = _of_the_year(model, strides, year)
    copied = f'INSERT INTO "{model._meta.db_table}" ({columns}) SELECT {values}'
    return f'{copied} FROM "{model._meta.db_table}" WHERE {wanted} ON CONFLICT DO NOTHING'


def _make_room(
    cursor: Any, model: Model, copies: int, strides: dict[Model, int], year: int
) -> None:
    """Moves what is of another year, where a copy is to stand, behind the last copy."""
    dated = filter(_dates, model._meta.local_concrete_fields)
    moved = ", ".join(f"{_quoted(field)} = {_moved(field, copies)}" for field in dated)
    if moved:
        of_the_year = _of_the_year(model, strides, year)
        cursor.execute(f'UPDATE "{model._meta.db_table}" SET {moved} WHERE NOT ({of_the_year})')


def _of_the_year(model: Model, strides: dict[Model, int], year: int) -> str:
    """No copies made before (their keys begin at the stride), nothing that says another year, and
    nothing that refers to such a row.
    """
    wanted = []
    for field in model._meta.local_concrete_fields:
        column = f'"{model._meta.db_table}"."{field.column}"'
        above = field.remote_field and field.remote_field.model
        if _is_year(field):
            wanted.append(f"{column} = {year}")
        elif above in strides and above is not model:
            wanted.append(
                f'({column} IS NULL OR {column} IN (SELECT "{above._meta.pk.column}" '
                f'FROM "{above._meta.db_table}" WHERE {_of_the_year(above, strides, year)}))'
            )
        elif field.primary_key and strides[model]:
            wanted.append(f"{column} < {strides[model]}")
    return " AND ".join(wanted) or "true"


def _value(field: Any, model: Model, back: int, strides: dict[Model, int]) -> str:
    column = _quoted(field)
    if field.remote_field is not None:
        stride = strides.get(field.remote_field.model, 0)
        return f"{column} + {stride * back}" if stride else column
    if field.primary_key:
        return f"{column} + {strides[model] * back}"
    return _moved(field, back) if _dates(field) else _made_anew(field)


def _moved(field: Any, back: int) -> str:
    """A date, a year or a period so many years earlier."""
    column = _quoted(field)
    if isinstance(field, models.DateTimeField):
        zone = f"'{settings.TIME_ZONE}'"
        year = f"extract(year FROM {column} AT TIME ZONE {zone})::int - {back}"
        last = f"make_timestamptz({year}, 12, 31, 23, 59, 59, {zone})"
        return f"least({column} - interval '{DAYS * back} days', {last})"
    if isinstance(field, models.DateField):
        year = f"extract(year FROM {column})::int - {back}"
        return f"least({column} - {DAYS * back}, make_date({year}, 12, 31))"
    if _is_year(field):
        return f"{column} - {back}"
    return (
        f"CASE WHEN {column} ~ '^[0-9]{{4}}' "
        f"THEN (left({column}, 4)::int - {back})::text || substr({column}, 5) ELSE {column} END"
    )


def _made_anew(field: Any) -> str:
    """The column itself, unless no two rows may have the same."""
    column = _quoted(field)
    if isinstance(field, models.UUIDField):
        return f"CASE WHEN {column} IS NOT NULL THEN gen_random_uuid() END"
    if field.unique and isinstance(field, models.CharField):
        return f"left(md5(random()::text), {field.max_length})"
    return column


def _begin_earlier(cursor: Any, first: date, copies: int, chosen: Collection[Model]) -> None:
    """Who sat in a group as the year began sat there in the years before it as well."""
    for model in apps.get_models():
        fields = {field.name: field for field in model._meta.local_concrete_fields}
        if "start_date" in fields and model not in chosen:
            cursor.execute(
                f'UPDATE "{model._meta.db_table}" SET start_date = start_date - %s '
                f"WHERE start_date <= %s",
                [366 * copies, first],
            )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--year", type=int, required=True)
    parser.add_argument("--copies", type=int, default=4)
    options = parser.parse_args()
    django.setup()
    written = copy_years(year=options.year, copies=options.copies)
    for table, rows in sorted(written.items()):
        if rows:
            sys.stdout.write(f"{table} {rows}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
