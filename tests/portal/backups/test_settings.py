"""What is set about backups, read in a process of its own."""

import pytest

from tests.portal.test_settings import manage


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"BACKUP_HOURS": "2,24"}, "BACKUP_HOURS 须是 0 至 23 的整点"),
        ({"BACKUP_KEEP_WEEKS": "0"}, "不得小于 1"),
    ],
)
def test_settings_that_are_no_backup_are_refused(tmp_path, environment, words):
    done = manage("check", VAR_DIR=str(tmp_path / "data"), **environment)
    assert done.returncode != 0
    assert words in done.stderr
