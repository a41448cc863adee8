"""PostgreSQL: dumped and loaded by its own programs, which must not be older than the server."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.utils.translation import gettext as _
from psycopg import sql
from psycopg.conninfo import make_conninfo

from portal.backups.contents import Contents, contents_of, file_columns
from portal.backups.faults import BackupError, putting_back
from portal.backups.files import sync_file

FILE = "database.dump"
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "passfile": "PGPASSFILE",
}


class PostgreSQL:
    """The schema a connection works in, of one database on a server."""

    kind = "postgresql"
    file = FILE

    def __init__(self, parameters: dict[str, str], programs: str = "") -> None:
        """``parameters`` as libpq knows them; ``programs``: folder of pg_dump, empty for PATH."""
        self.parameters = {key: str(value) for key, value in parameters.items() if value != ""}
        self.programs = programs

    @property
    def place(self) -> str:
        return f"{self.parameters.get('host', '')}/{self.parameters.get('dbname', '')}"

    def server(self) -> str:
        with self._connected() as connection:
            return connection.info.parameter_status("server_version") or ""

    def size(self) -> int:
        """Bytes on the server; its dump is smaller."""
        with self._connected() as connection:
            return int(_one(connection, "SELECT pg_database_size(current_database())"))

    def contents(self) -> Contents:
        with self._connected() as connection:
            return _contents(connection)

    def save(self, folder: Path) -> Contents:
        """A dump in ``folder``, and what it holds: both of the same moment."""
        program = self._program("pg_dump")
        with self._connected() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            snapshot = str(_one(connection, "SELECT pg_export_snapshot()"))
            contents = _contents(connection)
            self._run(
                *(program, "--format=custom", "--no-owner", "--no-acl"),
                *(f"--snapshot={snapshot}", f"--schema={_schema(connection)}"),
                f"--file={folder / FILE}",
            )
        (folder / FILE).chmod(0o600)
        sync_file(folder / FILE)
        return contents

    def load(self, folder: Path) -> Contents:
        """Loads the dump in ``folder`` where there must be nothing: all of it or nothing."""
        program = self._program("pg_restore")
        with self._connected() as connection:
            schema = _schema(connection)
        self._run(
            *(program, "--no-owner", "--no-acl", "--exit-on-error", "--single-transaction"),
            *(f"--schema={schema}", f"--dbname={self.parameters['dbname']}", str(folder / FILE)),
        )
        with self._connected() as connection:
            connection.execute("ANALYZE")
        return self.contents()

    def is_empty(self) -> bool:
        rows = self.contents().rows
        return not any(rows.get(table) for table in ("accounts_user", "units_unit"))

    @contextmanager
    def moved_aside(self, mark: str) -> Iterator[list[str]]:
        """Moves the tables to a schema of their own, and back if the block fails.

        Renaming a database would need rights and a second database; this needs neither.
        """
        aside = mark.replace("-", "_").replace(".", "_")
        with self._connected() as connection:
            schema = _schema(connection)
            tables = _tables(connection, partitions=True)
            if tables:
                _move(connection, tables, schema, aside, new=True)
        try:
            yield [_("数据库中的模式（schema）%s") % aside] if tables else []
        except BaseException:
            with (
                putting_back(_("数据库中的模式（schema）%s") % aside),
                self._connected() as connection,
                connection.transaction(),
            ):
                for table in _tables(connection):
                    connection.execute(sql.SQL("DROP TABLE {} CASCADE").format(_name(table)))
                if tables:
                    _move(connection, tables, aside, schema, new=False)
            raise

    def others(self) -> int:
        """How many other programs are connected to the database. Of those under another role one
        without rights over it may see nothing but who they are: they are taken for programs.
        """
        with self._connected() as connection:
            return int(
                _one(
                    connection,
                    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()"
                    " AND pid <> pg_backend_pid() AND usesysid IS NOT NULL"
                    " AND COALESCE(backend_type, 'client backend') = 'client backend'",
                )
            )

    @contextmanager
    def scratch(self, folder: Path, purpose: str = "trial") -> "Iterator[PostgreSQL]":
        """An empty database, dropped afterwards; so is what a killed run of the purpose left: under
        a name like this one's, down to its date. Whatever else begins so is somebody else's.
        """
        prefix = f"{self.parameters['dbname'][:40]}_{purpose}_"
        name = prefix + re.sub(r"\D", "", folder.name)
        with self._connected() as server:
            left = server.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
                " AND substr(datname, length(%s) + 1) ~ '^[0-9]{14,15}$'",
                [prefix, prefix],
            ).fetchall()
            try:
                for (old,) in left:
                    server.execute(_drop(old))
                server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(_name(name)))
            except psycopg.errors.InsufficientPrivilege as error:
                words = _(
                    "数据库用户无权建立试恢复用的临时库。"
                    "请以数据库管理员执行：ALTER ROLE %s CREATEDB;"
                )
                user = server.info.user
                raise BackupError(words % user) from error
            try:
                yield PostgreSQL({**self.parameters, "dbname": name}, self.programs)
            finally:
                server.execute(_drop(name))

    def environment(self) -> dict[str, str]:
        """The variables under which a portal, or a program of PostgreSQL, uses this database."""
        known = {
            variable: self.parameters[key]
            for key, variable in _VARIABLES.items()
            if key in self.parameters
        }
        return {**known, "DATABASE_URL": f"postgres:///{self.parameters['dbname']}"}

    @contextmanager
    def _connected(self) -> "Iterator[psycopg.Connection[Any]]":
        try:
            connection = psycopg.connect(make_conninfo("", **self.parameters), autocommit=True)
        except psycopg.OperationalError as error:
            raise BackupError(_("连接不上 PostgreSQL：%s") % error) from error
        with connection:
            try:
                # What a page may not take, a dump may.
                connection.execute("SET statement_timeout = 0")
                connection.execute("SET idle_in_transaction_session_timeout = 0")
                yield connection
            except psycopg.Error as error:  # its first line quotes no row
                words = _("PostgreSQL 没有完成要求的操作：%s")
                said = next(iter(str(error).splitlines()), type(error).__name__)
                raise BackupError(words % said) from error

    def _program(self, name: str) -> str:
        """The program's path; BackupError if it is missing or older than the server."""
        path = shutil.which(name, path=self.programs or None)
        if path is None:
            words = _(
                "找不到程序 %(name)s。请安装 PostgreSQL 客户端（版本不低于服务器的 %(server)s），"
                "或用 POSTGRESQL_BIN 指明它所在的目录。"
            )
            raise BackupError(words % {"name": name, "server": self.server()})
        said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True)  # noqa: S603  a fixed program
        own, server = _major(said.stdout.partition(") ")[2]), _major(self.server())
        if own < server:
            words = _(
                "%(path)s 的版本是 %(own)s，低于数据库服务器的 %(server)s，不能使用。"
                "请安装同版本或更新的 PostgreSQL 客户端，或用 POSTGRESQL_BIN 指明它所在的目录。"
            )
            raise BackupError(words % {"path": path, "own": own, "server": server})
        return path

    def _run(self, *command: str) -> None:
        done = subprocess.run(  # noqa: S603  our own arguments, no shell; no password among them
            command,
            env={**os.environ, **self.environment()},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            words = _("%(name)s 失败：%(said)s")
            name = Path(command[0]).name
            raise BackupError(words % {"name": name, "said": complaint(name, done.stderr)})


def complaint(program: str, said: str) -> str:
    """Its own lines of what a program of PostgreSQL said. Between them the server's DETAIL and
    CONTEXT quote rows, and the sentence goes into logs and before people who may not see any.
    """
    lines = [line for line in said.splitlines() if line.startswith(f"{program}:")]
    return "\n".join(lines)[-1000:]


def _contents(connection: "psycopg.Connection[Any]") -> Contents:
    return contents_of(connection.cursor(), _tables(connection), file_columns())


def _tables(connection: "psycopg.Connection[Any]", *, partitions: bool = False) -> list[str]:
    """In order. The rows of a partitioned table are counted once, by its parent."""
    found = connection.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
        " AND relkind IN ('r', 'p') AND (%s OR NOT relispartition) ORDER BY relname",
        [partitions],
    )
    return [name for (name,) in found]


def _schema(connection: "psycopg.Connection[Any]") -> str:
    return str(_one(connection, "SELECT current_schema()"))


def _one(connection: "psycopg.Connection[Any]", query: str) -> Any:
    [(value,)] = connection.execute(query).fetchall()
    return value


def _move(
    connection: "psycopg.Connection[Any]", tables: list[str], here: str, there: str, *, new: bool
) -> None:
    """Indexes and the sequences of ids go with their tables."""
    with connection.transaction():
        if new:
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(_name(there)))
        for table in tables:
            connection.execute(
                sql.SQL("ALTER TABLE {}.{} SET SCHEMA {}").format(
                    _name(here), _name(table), _name(there)
                )
            )
        if not new:
            connection.execute(sql.SQL("DROP SCHEMA {}").format(_name(here)))


def _drop(database: str) -> sql.Composed:
    return sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(_name(database))


def _name(name: str) -> sql.Identifier:
    return sql.Identifier(name)


def _major(version: str) -> int:
    found = re.search(r"\d+", version)
    return int(found[0]) if found else 0
