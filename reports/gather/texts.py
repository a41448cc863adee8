"""All rows of one owner as one text: what is read by the hundred thousand.

Every row that a query brings costs far more than a few words in it. So here a branch of a union
has three columns: a letter for its table, whose rows they are, and all those rows as words, spaces
within a row and commas between. Equal texts are read once: who makes facts of them is a
dictionary that fills itself.
"""

from collections.abc import Iterable
from operator import itemgetter
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, CharField, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

from reports.gather.unions import Sql

Texts = dict[str, dict[int, str]]

# Added to an id, it gives all ids as many digits: as texts they sort as they do as numbers.
WIDEST = 10**18
# How long a space and such a number are.
NUMBER = 20
_number = itemgetter(slice(-NUMBER, None))


class OrderedText(Aggregate):
    """The texts of a group in the order of a second column, an id; commas between.

    SQLite orders no aggregate before 3.44: there each text ends in the id, made as wide as the
    widest, and `texts` puts them in order.
    """

    output_field = TextField()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Sql:
        template = "STRING_AGG(%(expressions)s)"
        joiner = ", ',' ORDER BY "
        sql, params = self.as_sql(
            compiler, connection, template=template, arg_joiner=joiner, **extra
        )
        return sql, tuple(params)

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **extra: Any
    ) -> Sql:
        template = "GROUP_CONCAT(%(expressions)s), ',')"
        joiner = f" || ' ' || ({WIDEST} + "
        sql, params = self.as_sql(
            compiler, connection, template=template, arg_joiner=joiner, **extra
        )
        return sql, tuple(params)


def summed(
    rows: QuerySet[Any], source: str, owner: Combinable, text: Combinable
) -> QuerySet[Any, Any]:
    """One branch; `text` is an aggregate and makes one row of all that one owner has."""
    tag = Value(source, output_field=CharField())
    grouped = rows.order_by().values(row_source=tag, row_owner=owner)
    listed: QuerySet[Any, Any] = grouped.annotate(row_text=text)
    return listed.values_list("row_source", "row_owner", "row_text")


def read(branches: Iterable[QuerySet[Any, Any]], *, sources: str, ordered: str) -> Texts:
    """By source, then by owner, what all branches say, in one query.

    `ordered` are the sources that say `OrderedText`. Plain dictionaries of texts are no work for
    the garbage collector, and the cursor's own rows need no converter: a slice has a hundred
    thousand of them.
    """
    first, *others = branches
    connection = connections[first.db]
    found: Texts = {source: {} for source in sources}
    with connection.cursor() as cursor:
        cursor.execute(*first.union(*others, all=True).query.sql_with_params())
        for source, owner, text in cursor.fetchall():
            found[source][owner] = text
    if connection.vendor == "sqlite":
        for source in ordered:
            found[source] = {owner: in_order(text) for owner, text in found[source].items()}
    return found


def in_order(text: str) -> str:
    """What SQLite says for `OrderedText` as PostgreSQL says it."""
    if "," not in text:
        return text[:-NUMBER]
    return ",".join([one[:-NUMBER] for one in sorted(text.split(","), key=_number)])
