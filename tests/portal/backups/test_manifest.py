import json
from pathlib import Path

import pytest

from portal.backups.faults import BackupError
from portal.backups.manifest import MANIFEST, Manifest, require_sound
from tests.portal.backups.make import FIRST, make_backup, make_data


@pytest.fixture
def backup(tmp_path) -> Path:
    return make_backup(make_data(tmp_path / "data"), tmp_path / "backups").stored.path


def flip(path: Path) -> None:
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


@pytest.mark.parametrize("name", ["database.sqlite3", f"media/{FIRST}"])
@pytest.mark.parametrize(
    ("harm", "words"),
    [(flip, "内容与校验值不符"), (cut, "大小不符"), (Path.unlink, "缺少文件")],
)
def test_harm_is_found_and_the_file_named(backup, name, harm, words):
    harm(backup / name)
    with pytest.raises(BackupError, match=words) as refused:
        require_sound(backup)
    assert name in str(refused.value)


def change(backup: Path, **values) -> None:
    told = json.loads((backup / MANIFEST).read_text())
    (backup / MANIFEST).write_text(json.dumps({**told, **values}))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"rows": {}}, "清单被改动过"),
        ({"format": 2}, "格式版本是 2"),
    ],
)
def test_a_manifest_that_is_not_ours_is_refused(backup, values, words):
    change(backup, **values)
    with pytest.raises(BackupError, match=words):
        Manifest.read(backup)


@pytest.mark.parametrize("written", ['{"format": 1', "", "\0" * 90, "[]", "3"])
def test_a_folder_without_a_whole_manifest_is_no_backup(backup, written):
    (backup / MANIFEST).write_text(written)
    with pytest.raises(BackupError, match="不是完整的备份"):
        Manifest.read(backup)


def test_a_manifest_may_not_point_outside_its_backup(backup, tmp_path):
    told = Manifest.read(backup)
    told.files["../../etc/passwd"] = told.files["database.sqlite3"]
    elsewhere = tmp_path / "forged"
    elsewhere.mkdir()
    told.write(elsewhere)
    with pytest.raises(BackupError, match="备份以外"):
        Manifest.read(elsewhere)
