"""How long a page may keep the database busy: somebody waits for it, and others behind it.

Only web processes are bound by this. A worker's chunk of a province may take its time.
"""

from typing import Any

from django.db.backends.signals import connection_created

LIMITS = {
    "lock_timeout": "5s",
    "statement_timeout": "30s",
    # A process that was stopped in the midst of a transaction must not lock others out for ever.
    "idle_in_transaction_session_timeout": "60s",
}


def limit_statements() -> None:
    """Every connection to PostgreSQL this process opens from now on gets the limits."""
    connection_created.connect(_limit)


def _limit(connection: Any, **_: Any) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("; ".join(f"SET {name} = '{value}'" for name, value in LIMITS.items()))
