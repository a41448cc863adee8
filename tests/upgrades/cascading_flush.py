"""A plugin for the older release's tests (`pytest -p cascading_flush`), alone in its folder.

A transactional test empties the tables its own code knows. Tables that came later refer to them,
and PostgreSQL truncates no table that others refer to unless told to empty those as well.
"""

from typing import Any

from django.db import connection


def pytest_configure() -> None:
    operations: Any = type(connection.ops)
    plain = operations.sql_flush

    def cascading(self: Any, style: Any, tables: Any, **how: bool) -> Any:
        return plain(self, style, tables, **{**how, "allow_cascade": True})

    operations.sql_flush = cascading
