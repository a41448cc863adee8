import contextlib
import io
import random
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reports.archives.packing import MANIFEST, SUMS, ChangedError, LeftOut, Pack, flaw
from reports.archives.verifying import NOTE, Fault, UnreadableError, verify

FILES = {"01 通知/通知.pdf": b"%PDF-" + bytes(range(256)) * 9, "目录.html": b"<p>" * 400, "空": b""}


def make_archive(folder: Path, files: dict[str, bytes] = FILES) -> Path:
    with Pack({"title": "白水镇学习档案"}) as pack:
        parts = [part for name, data in files.items() for part in pack.put(name, data)]
        pack.left_out.append(LeftOut("1月", "通知", "x", "暂扣"))
        path = folder / "a.zip"
        path.write_bytes(b"".join([*parts, *pack.close()]))
        assert verify(path).checksum == pack.checksum
    return path


def rewrite(path: Path, change) -> None:
    """The same archive, laid out anew by another program with other members."""
    with zipfile.ZipFile(path) as old:
        members = change({name: old.read(name) for name in old.namelist()})
        comment = old.comment
    with zipfile.ZipFile(path, "w") as new:
        new.comment = comment
        for name, data in members.items():
            new.writestr(name, data)


def flip(path: Path, place: int, by: int = 1) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= by
    path.write_bytes(data)


def test_a_whole_archive_is_whole_and_its_sums_are_those_of_sha256sum(tmp_path: Path):
    path = make_archive(tmp_path)
    verdict = verify(path)
    assert verdict.is_whole
    assert verdict.head["not_in_archive"][0]["reason"] == "暂扣"
    with zipfile.ZipFile(path) as archive:
        names = [line.split("  ")[1] for line in archive.read(SUMS).decode().splitlines()]
    assert names == [*FILES, MANIFEST]


@pytest.mark.parametrize("name", [*FILES, MANIFEST, SUMS])
def test_a_flipped_byte_in_any_file_is_named(tmp_path: Path, name: str):
    path = make_archive(tmp_path)
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo(name)
    flip(path, info.header_offset + 30 + len(name.encode()) + 9 * (info.file_size > 0))
    assert (Fault.FLIPPED, name) in verify(path).faults


def test_no_byte_of_an_archive_can_be_flipped_unseen(tmp_path: Path):
    path = make_archive(tmp_path, {"通知.pdf": b"x" * 40, "录.html": b"<p>y</p>"})
    whole = path.read_bytes()
    chance = random.Random(7)
    for place in range(len(whole)):
        flip(path, place, 1 << chance.randrange(8))
        with contextlib.suppress(UnreadableError):
            assert verify(path).faults, place
        path.write_bytes(whole)


@pytest.mark.parametrize("limit", [60, 300, 900])
def test_beyond_four_gigabytes_the_same_holds(tmp_path: Path, monkeypatch, limit: int):
    """The sizes from which ZIP64 is written are shrunk, as nobody waits for gigabytes here."""
    monkeypatch.setattr("zipstream.ng.ZIP64_LIMIT", limit)
    monkeypatch.setattr("reports.archives.layout._LIMIT", limit)
    path = make_archive(tmp_path, {"通知.pdf": b"x" * 40, "照片.jpg": b"y" * 500})
    assert verify(path).is_whole
    whole = path.read_bytes()
    for place in range(0, len(whole), 3):
        flip(path, place, 4)
        with contextlib.suppress(UnreadableError):
            assert verify(path).faults, place
        path.write_bytes(whole)


def test_another_list_that_agrees_with_itself_is_told_by_the_comment(tmp_path: Path):
    path = make_archive(tmp_path)
    flip(path, len(path.read_bytes()) - 1)
    assert verify(path).faults == [(Fault.FLIPPED, NOTE)]


def test_missing_and_extra_files_are_named(tmp_path: Path):
    path = make_archive(tmp_path)
    rewrite(
        path, lambda members: {k: v for k, v in members.items() if k != "空"} | {"多.exe": b"MZ"}
    )
    faults = verify(path).faults
    assert (Fault.MISSING, "空") in faults
    assert (Fault.EXTRA, "多.exe") in faults


@pytest.mark.parametrize("lost", [MANIFEST, SUMS])
def test_either_list_may_be_lost_and_is_named(tmp_path: Path, lost: str):
    path = make_archive(tmp_path)
    rewrite(path, lambda members: {k: v for k, v in members.items() if k != lost} | {"空": b"!"})
    faults = verify(path).faults
    assert (Fault.MISSING, lost) in faults
    assert (Fault.FLIPPED, "空") in faults


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello" * 99])
def test_what_is_no_archive_is_unreadable(tmp_path: Path, data: bytes):
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    with pytest.raises(CommandError) as refused:
        call_command("verify_archive", path, stdout=io.StringIO())
    assert refused.value.returncode == 2


def test_a_download_that_broke_off_is_unreadable(tmp_path: Path):
    path = make_archive(tmp_path)
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(UnreadableError):
        verify(path)


def test_the_command_names_faults_and_tells_by_its_exit(tmp_path: Path):
    path, said = make_archive(tmp_path), io.StringIO()
    call_command("verify_archive", path, checksum=verify(path).checksum.upper(), stdout=said)
    assert "档案完好" in said.getvalue()
    with pytest.raises(CommandError) as refused:
        call_command("verify_archive", path, checksum="0" * 64, stdout=said)
    assert refused.value.returncode == 1
    flip(path, 120)
    with pytest.raises(CommandError) as refused:
        call_command("verify_archive", path, stdout=said)
    assert refused.value.returncode == 1
    assert "内容有变：01 通知/通知.pdf" in said.getvalue()


def test_a_file_that_changes_while_it_is_sent_breaks_the_archive(tmp_path: Path):
    path = tmp_path / "f.pdf"
    path.write_bytes(b"abc")
    with Pack({}) as pack, pytest.raises(ChangedError):
        list(pack.put_stored("f.pdf", path, size=3, sha256="0" * 64))
    assert flaw(path, size=3, sha256="0" * 64) == flaw(path, size=4, sha256="") == "damaged"
    assert flaw(tmp_path / "gone", size=3, sha256="") == "missing"
