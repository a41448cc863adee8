"""Files of others: named, licensed, and whole."""

import json
from pathlib import Path

import pytest

from portal.settings.environment import BASE_DIR

FOLDERS = [BASE_DIR / "portal" / "static" / "vendor", BASE_DIR / "tests" / "vendor"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.name)
def test_every_vendored_file_is_named_with_its_licence(folder: Path):
    listed = json.loads((folder / "VENDORED.json").read_text("utf-8"))
    named = {folder / file for each in listed for file in each["files"]}
    found = {path for path in folder.glob("*/*") if path.name != "LICENSE"}
    assert found == named
    assert all((path.parent / "LICENSE").exists() for path in named)
    assert all(each["npm"].startswith("sha512-") for each in listed)


def test_no_vendored_file_points_to_a_map():
    for path in FOLDERS[0].glob("*/*.min.*"):
        assert "sourceMappingURL" not in path.read_text("utf-8")
