"""What hangs on the rows of one table, each kind as one text beside the row.

A union of the kinds would bring four times as many rows, which would have to be put together
again here. A branch has one row for an owner at most: `row_owner` and `row_text`.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Count, F, Func, Max, Min, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

from reports.gather.texts import OrderedText, in_order
from reports.gather.unions import Sql


class AmongOwners(Func):
    """Whether a column names one of the owners of the query it stands in."""

    output_field = BooleanField()

    def __init__(self, column: str) -> None:
        super().__init__(F(column))

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Sql:
        # Not IN (SELECT …): an index is walked by the array, whatever the planner expects.
        template = "%(expressions)s = ANY(ARRAY(SELECT row_owner FROM owners))"
        sql, params = self.as_sql(compiler, connection, template=template, **extra)
        return sql, tuple(params)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Sql:
        template = "%(expressions)s IN (SELECT row_owner FROM owners)"
        sql, params = self.as_sql(compiler, connection, template=template, **extra)
        return sql, tuple(params)


class Owners:
    """The rows of one table that others hang on; one query to look how close together they lie.

    A year's sessions of a whole county have ids in a row, more or less. Then what hangs on them is
    found by the first and the last id: the planner knows what to expect of that, and nothing is
    compared with twenty thousand ids. The few strangers in between find no owner.
    """

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._rows = rows.order_by()
        ends = self._rows.aggregate(first=Min("pk"), last=Max("pk"), number=Count("pk"))
        self._first, self._last, number = ends["first"], ends["last"], ends["number"]
        self._close = number > 0 and self._last - self._first < 2 * number
        if self._close:
            # Whoever is recorded meanwhile is not seen, rather than seen without what hangs on it.
            self._rows = self._rows.filter(pk__gte=self._first, pk__lte=self._last)

    def text(self, rows: QuerySet[Any], owner: str, text: Combinable) -> QuerySet[Any, Any]:
        """A branch; `text` is an aggregate and makes one row of all that one owner has."""
        theirs = Q(**{f"{owner}__gte": self._first, f"{owner}__lte": self._last})
        found = rows.filter(theirs if self._close else AmongOwners(owner))
        grouped = found.order_by().values(row_owner=F(owner)).annotate(row_text=text)
        listed: QuerySet[Any, Any] = grouped.values_list("row_owner", "row_text")
        return listed

    def joined(
        self, *columns: str, branches: Sequence[QuerySet[Any, Any]], **words: Combinable
    ) -> list[tuple[Any, ...]]:
        """Columns, id and words of each owner, then its text of every branch, None for none."""
        sql, params = _compiled(self._rows.values(*columns, row_owner=F("pk"), **words))
        texts, joins = [], []
        for number, branch in enumerate(branches):
            branch_sql, branch_params = _compiled(branch)
            texts.append(f"b{number}.row_text")
            joins.append(
                f"LEFT JOIN ({branch_sql}) b{number} ON b{number}.row_owner = owners.row_owner"
            )
            params += branch_params
        selected = f"SELECT owners.*, {', '.join(texts)} FROM owners"  # noqa: S608 no values in it
        with connections[self._rows.db].cursor() as cursor:
            cursor.execute(f"WITH owners AS ({sql}) {selected} {' '.join(joins)}", params)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            vendor = cursor.db.vendor
        if vendor == "sqlite":
            for number, branch in enumerate(branches, start=-len(branches)):
                if isinstance(branch.query.annotations["row_text"], OrderedText):
                    found = [_with_order(row, number) for row in found]
        return found


def _with_order(row: tuple[Any, ...], at: int) -> tuple[Any, ...]:
    text = row[at]
    return row if text is None else (*row[:at], in_order(text), *row[len(row) + at + 1 :])


def _compiled(rows: QuerySet[Any, Any]) -> Sql:
    sql, params = rows.query.get_compiler(using=rows.db).as_sql()
    return sql, tuple(params)
