"""LibreOffice, headless: a second opinion on every office file the project writes."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.services.missing import missing_service

TIMEOUT_SECONDS = 120


def require_soffice() -> str:
    """Path of the program; without it the test is named as left out."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        missing_service("LibreOffice", "install LibreOffice Calc so that soffice is on the path")
    return program


def convert(source: Path, target_format: str, folder: Path) -> Path:
    """`source` as LibreOffice reads and recalculates it, in another format, in `folder`."""
    (made,) = convert_all([source], target_format, folder)
    return made


def convert_all(sources: Sequence[Path], target_format: str, folder: Path) -> list[Path]:
    """Several at once: starting the program takes longer than what it does with a file.

    The user profile lies in `folder` too, so that tests beside each other do not wait for one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    profile = (folder / "profile").resolve().as_uri()
    subprocess.run(
        [
            require_soffice(),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            target_format,
            "--outdir",
            str(folder),
            *map(str, sources),
        ],
        check=True,
        capture_output=True,
        timeout=TIMEOUT_SECONDS,
    )
    return [folder / f"{source.stem}.{target_format}" for source in sources]
