from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler


class LongJSONField(models.JSONField):
    """JSON of thousands of characters, of which many rows are written at once.

    Django hands a bulk insert to PostgreSQL column by column, as arrays, and in an array psycopg
    escapes every quotation mark by itself, in Python: that took half of what closing a month
    takes. Where a field has a say in its placeholder the rows are sent value by value. In the
    schema it is a JSONField like any other.
    """

    def get_placeholder(
        self, value: object, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> str:
        """The same as without."""
        return "%s"

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """As the field whose column it has."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", list(args), dict(kwargs)
