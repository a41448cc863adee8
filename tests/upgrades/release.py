"""Which release came before, and its tree."""

import subprocess
import tarfile
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

# The release before the next one, as long as no tag says it: the code before documents and
# archives came. Moved with every release that is not tagged (CONTRIBUTING.md, "Releasing").
BEFORE_THE_FIRST_TAG = "bd788316fa0565a8c371ffdcb2250c1159a69b73"


class Release(NamedTuple):
    """``name`` is what it is called: a tag, or the beginning of the commit."""

    name: str
    commit: str


class NoReleaseError(Exception):
    """The repository at hand does not hold it; the sentence says what to do."""


def previous_release(repository: Path, asked: str = "") -> Release:
    """The one asked for, else the newest tag ``v*`` below HEAD, else the commit named above."""
    wanted = asked or _newest_tag(repository) or BEFORE_THE_FIRST_TAG
    done = _git(repository, "rev-parse", "--verify", "--quiet", f"{wanted}^{{commit}}")
    if done.returncode:
        raise NoReleaseError(
            f"this repository does not hold {wanted}, the release to upgrade from; in a shallow "
            "clone run `git fetch --unshallow --tags`, or name another one with --release"
        )
    commit = done.stdout.decode().strip()
    return Release(commit[:10] if wanted == commit else wanted, commit)


def _newest_tag(repository: Path) -> str:
    """A release that is just being tagged is not its own predecessor."""
    below = ("--merged", "HEAD", "--no-contains", "HEAD")
    done = _git(repository, "tag", "--list", "v*", "--sort=-version:refname", *below)
    return next(iter(done.stdout.decode().split()), "")


def unpack(repository: Path, release: Release, folder: Path) -> None:
    """Lays the release's tree into a folder; nothing of it touches the working tree."""
    done = _git(repository, "archive", "--format=tar", release.commit)
    if done.returncode:
        raise NoReleaseError(done.stderr.decode().strip())
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def _git(repository: Path, *words: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(["git", *words], cwd=repository, capture_output=True, check=False)
