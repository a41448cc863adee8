"""Rows of several tables in one query: branches of the same shape, put together by UNION ALL.

A query costs a round trip whatever it brings, and the number of queries is fixed. A branch has
four columns: a letter for its table, whose row it is, a number, and the rest as words in one text.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    Aggregate,
    BigIntegerField,
    BooleanField,
    CharField,
    F,
    Func,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.db.models.sql.compiler import SQLCompiler

Row = tuple[str, int, int, str]
Rows = dict[int, list[Row]]
Sql = tuple[str, tuple[Any, ...]]

COLUMNS = ("row_source", "row_owner", "row_number", "row_text")
# What stands in the owner's place in a branch that belongs to everybody.
EVERYBODY = 0
FEW = 2000


class Among(Func):
    """Whether a column is one of many ids, handed over as one parameter.

    A list of placeholders would cost more than the query it stands in. Up to `FEW` ids PostgreSQL
    may look at before it plans; to weigh more of them would cost more than any plan is worth, so
    they come as a subquery, and an index finds each.
    """

    output_field = BooleanField()

    def __init__(self, column: str, ids: Sequence[int]) -> None:
        super().__init__(F(column))
        self.ids = json.dumps(list(ids))
        self.many = len(ids) > FEW

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Sql:
        listed = "(SELECT %%s::bigint[])::bigint[]" if self.many else "%%s::bigint[]"
        template = f"%(expressions)s = ANY({listed})"
        sql, params = self.as_sql(compiler, connection, template=template, **extra)
        return sql, (*params, "{" + self.ids[1:-1] + "}")

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Sql:
        template = "%(expressions)s IN (SELECT value FROM json_each(%%s))"
        sql, params = self.as_sql(compiler, connection, template=template, **extra)
        return sql, (*params, self.ids)


class JoinedText(Aggregate):
    """The texts of a group one after the other, commas between; their order is not promised.

    Null texts are left out; of nothing but nulls it makes null.
    """

    template = "%(function)s(%(expressions)s, ',')"
    output_field = TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Sql:
        sql, params = self.as_sql(compiler, connection, function="STRING_AGG", **extra)
        return sql, tuple(params)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Sql:
        sql, params = self.as_sql(compiler, connection, function="GROUP_CONCAT", **extra)
        return sql, tuple(params)


class Words(Func):
    """Columns as one text, spaces between; dates come out in ISO form. None may be null."""

    template = "%(expressions)s"
    arg_joiner = " || ' ' || "
    output_field = TextField()


def word(column: str) -> Combinable:
    """A column as text, empty where it is null."""
    return Coalesce(Cast(column, TextField()), Value(""), output_field=TextField())


def branch(
    rows: QuerySet[Any], source: str, owner: Combinable, number: Combinable, text: Combinable
) -> QuerySet[Any, Any]:
    """One branch; an aggregate in `number` or `text` groups it by its owner."""
    tag = Value(source, output_field=CharField())
    grouped = rows.order_by().values(row_source=tag, row_owner=owner)
    whole = grouped.annotate(row_number=number, row_text=text)
    listed: QuerySet[Any, Any] = whole.values_list(*COLUMNS)
    return listed


def by_owner(branches: Iterable[QuerySet[Any, Any]]) -> Rows:
    """The rows of all branches in one query, those of one owner together, in no order.

    The first branch decides how columns are read; one with plain columns is read without a call
    a value.
    Rows stay plain tuples, which the garbage collector need not follow: a slice holds a
    hundred thousand of them.
    """
    first, *others = branches
    found: Rows = {}
    for row in first.union(*others, all=True):
        owner = row[1]
        if owner in found:
            found[owner].append(row)
        else:
            found[owner] = [row]
    return found


def nobody() -> Combinable:
    """The owner of rows that belong to everybody."""
    return Cast(Value(EVERYBODY), BigIntegerField())
