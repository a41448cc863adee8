"""What the linter of migrations leaves out must be there, else a new one slips in by its name."""

import ast
from pathlib import Path

from django.apps import apps

from portal.settings.environment import BASE_DIR

OURS = ("accounts", "units", "study_sessions", "reports", "portal")
SETTINGS = BASE_DIR / "tests" / "settings" / "migration_lint.py"


def excluded_names() -> list[str]:
    """Read as text: importing the settings would start a PostgreSQL server."""
    for node in ast.parse(SETTINGS.read_text()).body:
        match node:
            case ast.Assign(targets=[ast.Name(id="BEFORE_THE_FIRST_RELEASE")], value=value):
                return [str(name) for name in ast.literal_eval(value)]
    raise AssertionError("the list of excluded migrations is gone")


def test_every_excluded_migration_is_one_of_ours_and_one_only():
    folders = [Path(apps.get_app_config(label).path) / "migrations" for label in OURS]
    found = [path.stem for folder in folders for path in folder.glob("0*.py")]
    assert {name: found.count(name) for name in excluded_names()} == dict.fromkeys(
        excluded_names(), 1
    )
