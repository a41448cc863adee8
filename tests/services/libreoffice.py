"""LibreOffice, headless: a second opinion on every office file the project writes."""

import shutil
import subprocess
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
    """`source` as LibreOffice reads and recalculates it, in another format, in `folder`.

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
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=TIMEOUT_SECONDS,
    )
    return folder / f"{source.stem}.{target_format}"
