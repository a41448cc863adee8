"""Databases with every migration applied, made once a run for all its processes.

Django draws its models anew after each step of a migration: ten seconds of a processor for one
empty database, whichever it is. What is asked of migrations themselves is asked elsewhere: a demo,
a drill and an installation begin with nothing.
"""

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from psycopg.sql import SQL, Identifier

from portal.settings.environment import BASE_DIR

TEMPLATE = "migrated"


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of a run."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session")
def migrated_file(shared_folder: Path) -> Path:
    """A SQLite file with all tables, to be copied and not to be written."""
    path = shared_folder / "migrated.sqlite3"
    with _alone(shared_folder):
        if not path.exists():
            draft = shared_folder / "migrating.sqlite3"
            _migrate(f"sqlite:///{draft}", shared_folder)
            with closing(sqlite3.connect(draft)) as migrated:
                migrated.execute("PRAGMA journal_mode=DELETE")  # one file, which memory takes too
            draft.rename(path)
    return path


@pytest.fixture(scope="session")
def migrated_template(shared_folder: Path) -> str:
    """Name of a database with all tables on the PostgreSQL of the suite, to be copied."""
    server = os.environ["TEST_POSTGRES_URL"]
    made = shared_folder / "migrated.postgresql"
    with _alone(shared_folder):
        if not made.exists():
            name = Identifier(TEMPLATE)
            with psycopg.connect(server, autocommit=True) as administrator:
                administrator.execute(SQL("DROP DATABASE IF EXISTS {}").format(name))
                administrator.execute(SQL("CREATE DATABASE {}").format(name))
            _migrate(urlsplit(server)._replace(path=f"/{TEMPLATE}").geturl(), shared_folder)
            made.touch()
    return TEMPLATE


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, django_db_modify_db_settings_parallel_suffix: None
) -> Iterator[None]:
    """Lays the tables ready before Django makes the test database, which then has them already."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = request.getfixturevalue("migrated_template")
        yield
        return
    memory = f"file:memorydb_{connection.alias}?mode=memory&cache=shared"
    with closing(sqlite3.connect(memory, uri=True)) as kept:
        with closing(sqlite3.connect(request.getfixturevalue("migrated_file"))) as migrated:
            migrated.backup(kept)
        yield


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(url: str, folder: Path) -> None:
    """Migrates the database at `url` as an operator would; nothing of the tests' settings."""
    command = ("manage.py", "migrate", "--skip-checks", "--verbosity=0")
    told = {"DJANGO_SETTINGS_MODULE": "portal.settings", "DATABASE_URL": url, "VAR_DIR": folder}
    subprocess.run(
        [sys.executable, *command],
        cwd=BASE_DIR,
        env=os.environ | {name: str(value) for name, value in told.items()},
        check=True,
    )
