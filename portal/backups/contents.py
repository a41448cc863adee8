"""What a database holds, asked in words both of our databases understand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.db.models import FileField

Column = tuple[str, str]


class Cursor(Protocol):
    """The part of a DB-API cursor used here; sqlite3's and psycopg's both have it."""

    @property
    def description(self) -> Any: ...

    def execute(self, query: Any, /) -> Any: ...

    def fetchall(self) -> list[Any]: ...


@dataclass(frozen=True)
class Contents:
    """At one moment: applied ``migrations`` ("app.name"), ``rows`` of each table, and the files
    that rows name, relative to the media folder.
    """

    migrations: list[str]
    rows: dict[str, int]
    named: set[str]


def file_columns() -> list[Column]:
    """Table and column of every field of the portal that names a file."""
    return [
        (model._meta.db_table, column.column)
        for model in apps.get_models()
        for column in model._meta.concrete_fields
        if isinstance(column, FileField) and column.column
    ]


def contents_of(cursor: Cursor, tables: Sequence[str], columns: Iterable[Column]) -> Contents:
    """A table or column that an older database does not have holds nothing."""
    rows = {}
    for table in tables:
        [(rows[table],)] = _ask(cursor, "COUNT(*)", table)
    migrations = []
    if "django_migrations" in rows:
        migrations = sorted(
            f"{app}.{name}" for app, name in _ask(cursor, "app, name", "django_migrations")
        )
    named = {
        str(name)
        for table, column in columns
        if table in rows and column in _columns(cursor, table)
        for (name,) in _ask(cursor, f'"{column}"', table)
        if name
    }
    return Contents(migrations, rows, named)


def _columns(cursor: Cursor, table: str) -> set[str]:
    _ask(cursor, "*", table, "LIMIT 0")
    return {column[0] for column in cursor.description or ()}


def _ask(cursor: Cursor, what: str, table: str, rest: str = "") -> list[Any]:
    cursor.execute(f'SELECT {what} FROM "{table}" {rest}')  # noqa: S608  the schema's own names
    return cursor.fetchall()
