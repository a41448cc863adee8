"""Small data to back up: a real SQLite file with the portal's table names, and a few files."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from portal.backups.data import PortalData
from portal.backups.shelf import Shelf
from portal.backups.sqlite import SQLite
from portal.backups.taking import Taken, take

NOW = datetime(2026, 3, 4, 18, 30, tzinfo=UTC)  # 2:30 of the fifth, in the county
NAME = "20260305-023000"
FIRST, SECOND = "evidence/2026/03/a1.pdf", "evidence/2026/03/b2.jpg"
TABLES = (
    "CREATE TABLE accounts_user (id INTEGER PRIMARY KEY, username TEXT)",
    "CREATE TABLE units_unit (id INTEGER PRIMARY KEY)",
    "CREATE TABLE django_migrations (id INTEGER PRIMARY KEY, app TEXT, name TEXT)",
    "CREATE TABLE study_sessions_evidence (id INTEGER PRIMARY KEY, file TEXT)",
    "INSERT INTO accounts_user VALUES (1, '甲'), (2, '乙')",
    "INSERT INTO django_migrations VALUES (1, 'portal', '0001_feedback')",
    f"INSERT INTO study_sessions_evidence VALUES (1, '{FIRST}'), (2, ''), (3, '{SECOND}')",
)


def make_data(folder: Path) -> PortalData:
    """Two accounts, three pieces of evidence, two of them with a file of some bytes."""
    folder.mkdir(parents=True)
    data = PortalData(SQLite(folder / "portal.sqlite3"), folder / "media", folder / "heads.log")
    run_sql(folder / "portal.sqlite3", *TABLES)
    for name, content in ((FIRST, b"%PDF-1.4 minutes"), (SECOND, b"\xff\xd8\xff photo")):
        put_file(data.media / name, content)
    data.heads.write_text("2026-03-04T18:05:00+00:00 7 abcdef\n")
    return data


def put_file(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def run_sql(path: Path, *statements: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            rows = connection.execute(statement).fetchall()
    return rows


def make_backup(data: PortalData, folder: Path, now: datetime = NOW) -> Taken:
    shelf = Shelf(folder)
    with shelf.alone():
        return take(data=data, shelf=shelf, now=now)
