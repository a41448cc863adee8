"""A single changed cell shows, and so does a column that older code would miss."""

import pytest
from django.db import connection

from sessions.models import StudySession
from tests.reports.records import make_session, make_unit
from tests.upgrades.tables import changes_since, states_of

pytestmark = [pytest.mark.django_db, pytest.mark.strict]


@pytest.fixture
def cursor():
    make_session(make_unit())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # so that tables may be altered
        yield cursor


def changes(cursor, statement: str) -> list[str]:
    before = states_of(cursor)
    cursor.execute(statement)
    return list(changes_since(cursor, before))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("SELECT 1", []),
        ("ALTER TABLE study_sessions_studysession ADD mood text DEFAULT ''", []),
        ("INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())", []),
        (
            "UPDATE study_sessions_studysession SET place = '二楼'",
            ["study_sessions_studysession: values of 1 rows changed"],
        ),
        (
            "DELETE FROM study_sessions_attendance WHERE id = "
            "(SELECT min(id) FROM study_sessions_attendance)",
            ["study_sessions_attendance: 3 rows became 2"],
        ),
        (
            "ALTER TABLE study_sessions_studysession DROP COLUMN place",
            ["study_sessions_studysession: without place, which older code needs"],
        ),
    ],
)
def test_what_changed_is_named(cursor, statement, said):
    assert changes(cursor, statement) == said


def test_a_swap_of_two_cells_shows(cursor):
    make_session(make_unit("QS02"), "2026-04-14", theme="学习宪法")
    swap = "UPDATE study_sessions_studysession SET theme = CASE theme WHEN '' THEN '学习宪法' END"
    assert changes(cursor, f"{swap} WHERE theme = ''")
    assert StudySession.objects.filter(theme="学习宪法").count() == 2
