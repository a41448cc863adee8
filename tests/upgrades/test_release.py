"""Which release came before, in repositories made for the purpose."""

import subprocess
from pathlib import Path

import pytest

from tests.upgrades.release import NoReleaseError, previous_release, unpack


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=test", "-c", "user.email=test@qingshi.example")
    done = subprocess.run(
        ["git", *who, *words], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Three commits; the first two are releases."""
    git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    for number in (9, 10, 11):
        (tmp_path / "number").write_text(str(number))
        git(tmp_path, "add", "number")
        git(tmp_path, "commit", "--quiet", "--message", f"Say {number}")
        if number < 11:
            git(tmp_path, "tag", f"v0.{number}")
    return tmp_path


def test_the_newest_tag_by_its_number(repository):
    assert previous_release(repository).name == "v0.10"


def test_a_release_is_not_its_own_predecessor(repository):
    git(repository, "checkout", "--quiet", "v0.10")
    assert previous_release(repository).name == "v0.9"


def test_no_tag_of_another_branch(repository):
    git(repository, "checkout", "--quiet", "-b", "side", "v0.9")
    git(repository, "commit", "--quiet", "--allow-empty", "--message", "Stand aside")
    git(repository, "tag", "v0.12")
    git(repository, "checkout", "--quiet", "main")
    assert previous_release(repository).name == "v0.10"


def test_the_one_asked_for_and_its_tree(repository, tmp_path_factory):
    folder = tmp_path_factory.mktemp("old")
    release = previous_release(repository, git(repository, "rev-parse", "v0.9"))
    unpack(repository, release, folder)
    assert (folder / "number").read_text() == "9"
    assert release.commit.startswith(release.name)


def test_a_clone_without_it_says_what_to_do(tmp_path):
    git(tmp_path, "init", "--quiet")
    with pytest.raises(NoReleaseError, match="git fetch --unshallow --tags"):
        previous_release(tmp_path)
