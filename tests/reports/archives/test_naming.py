import pytest

from reports.archives.naming import LONGEST_PATH, Names, safe_part


@pytest.mark.parametrize(
    ("raw", "safe"),
    [
        ("会议记录", "会议记录"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", "_"),
        ("", "_"),
        ("a\x00b\u202egnp.exe", "a_b_gnp.exe"),
        ("CON.pdf", "_CON.pdf"),
        ('问"题"?', "问_题__"),
        (" 末尾. ", "末尾"),
    ],
)
def test_a_part_of_a_path_is_such_as_every_disk_takes(raw: str, safe: str):
    assert safe_part(raw) == safe


def test_no_part_is_too_long_for_a_disk():
    assert len(safe_part("学" * 300).encode()) <= 240
    assert len(safe_part("😀" * 300).encode()) <= 240


def test_no_two_paths_are_one():
    names = Names()
    folder = names.folder("2026-03-10 学习")
    given = [names.file(name, inside=folder) for name in ("a.PDF", "A.pdf", "a.pdf")]
    assert given == [
        "2026-03-10 学习/a.PDF",
        "2026-03-10 学习/A（2）.pdf",
        "2026-03-10 学习/a（3）.pdf",
    ]
    assert names.folder("2026-03-10 学习") == "2026-03-10 学习（2）/"


def test_a_path_keeps_its_ending_and_never_grows_too_long():
    names = Names()
    deep = names.folder("单" * 200, inside=names.folder("类" * 200))
    for _ in range(3):
        path = names.file("发言" * 200 + ".docx", inside=deep)
        assert len(path) <= LONGEST_PATH
        assert path.endswith(".docx")
