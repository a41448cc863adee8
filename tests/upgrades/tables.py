"""What every table holds, as one line each, so that a single changed cell shows."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

# Django's own books: migrating adds rows to them. The rows that were there must stay.
GROWING = frozenset({"auth_permission", "django_content_type", "django_migrations"})

# Columns whose values a migration works out anew on purpose, by table, each with the reason.
# Whoever writes such a migration names it here, and proves it by a test of its own.
CHANGED_ON_PURPOSE: Mapping[str, Mapping[str, str]] = {}


class TableState(NamedTuple):
    """``columns`` were digested, of the rows up to the key ``upto`` where it is given."""

    columns: tuple[str, ...]
    rows: int
    digest: str
    upto: int | None = None


def states_of(cursor: Any) -> dict[str, TableState]:
    """Every table of the database, all columns."""
    columns: dict[str, list[str]] = {}
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns JOIN information_schema."
        "tables USING (table_schema, table_name) WHERE table_schema = 'public' "
        "AND table_type = 'BASE TABLE' ORDER BY table_name, ordinal_position"
    )
    for table, column in cursor.fetchall():
        if column not in CHANGED_ON_PURPOSE.get(table, ()):
            columns.setdefault(table, []).append(column)
    states = {}
    for table, names in columns.items():
        upto = None
        if table in GROWING:
            cursor.execute(f'SELECT coalesce(max(id), 0) FROM "{table}"')
            upto = int(cursor.fetchone()[0])
        states[table] = _state(cursor, table, names, upto)
    return states


def changes_since(cursor: Any, before: Mapping[str, TableState]) -> Iterator[str]:
    """A sentence for each table whose old columns no longer hold what they held."""
    cursor.execute(
        "SELECT table_name, column_name FROM information_schema.columns "
        "WHERE table_schema = 'public'"
    )
    there = set(cursor.fetchall())
    for table, old in before.items():
        gone = [column for column in old.columns if (table, column) not in there]
        if gone:
            yield f"{table}: without {', '.join(gone)}, which older code needs"
            continue
        new = _state(cursor, table, old.columns, old.upto)
        if new.rows != old.rows:
            yield f"{table}: {old.rows:,} rows became {new.rows:,}"
        elif new.digest != old.digest:
            yield f"{table}: values of {old.rows:,} rows changed"


def _state(cursor: Any, table: str, columns: Sequence[str], upto: int | None) -> TableState:
    named = ", ".join(f'"{column}"' for column in columns)
    some = "" if upto is None else f" WHERE id <= {upto}"
    cursor.execute(
        "SELECT count(*), md5(coalesce(string_agg(line, '' ORDER BY line), '')) "
        f'FROM (SELECT md5(row({named})::text) AS line FROM "{table}"{some}) AS lines'
    )
    rows, digest = cursor.fetchone()
    return TableState(tuple(columns), int(rows), str(digest), upto)
