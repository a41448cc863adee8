"""A bundle of this very commit, and what its scripts make of an empty folder."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from portal.settings.environment import BASE_DIR

PIP = [sys.executable, "-m", "pip"]
EMAIL_URL = "smtp://portal:p%40ss@127.0.0.1:9"
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


def run(*command: str | Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The settings of the tests' own process are none of the installed portal's."""
    kept = ("PATH", "HOME", "LANG", "TMPDIR")
    inherited = {
        name: value for name, value in os.environ.items() if name in kept or name.startswith("PIP_")
    }
    return subprocess.run(
        [str(word) for word in command],
        cwd=BASE_DIR,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def cut_off() -> list[str]:
    """What to put before a command to take its network away, where the kernel lets us."""
    cut = ["unshare", "--map-root-user", "--net"]
    allowed = shutil.which("unshare") and run(*cut, "true").returncode == 0
    return cut if allowed else []


def index_answers(folder: Path) -> bool:
    """Whether pip gets a package from wherever it is told to look."""
    lock = (BASE_DIR / "requirements.txt").read_text().split("\n    # via")[0]
    (folder / "first.txt").write_text(lock + "\n")
    options = ("--quiet", "--no-deps", "--require-hashes", "--retries", "0", "--dest", folder)
    return run(*PIP, "download", *options, "-r", folder / "first.txt").returncode == 0


def build_bundle(folder: Path) -> Path:
    """The unpacked bundle for this machine and this Python alone."""
    options = ("--out", folder, "--arch", os.uname().machine, "--python", PYTHON)
    done = run(BASE_DIR / "deploy" / "bundle.sh", *options, PIP=" ".join(PIP))
    assert done.returncode == 0, done.stderr
    (archive,) = folder.glob("*.tar.gz")
    shutil.unpack_archive(archive, folder, filter="data")
    return folder / archive.name.removesuffix(".tar.gz")


def next_release(bundle: Path, name: str = "later", lacking: str = "") -> Path:
    """A bundle of a later release, which has a table more, and perhaps lacks a file."""
    later = bundle.with_name(f"{bundle.name}-{name}")
    shutil.copytree(bundle, later)
    migrations = later / "source" / "portal" / "migrations"
    last = max(path.stem for path in migrations.glob("0*.py"))
    (migrations / "9000_later.py").write_text(
        "from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n"
        f"    dependencies = [('portal', '{last}')]\n"
        "    operations = [migrations.RunSQL('CREATE TABLE later (id integer)', '')]\n"
    )
    told = (later / "VERSION").read_text()
    (later / "VERSION").write_text(told.replace("\ncommit=", f"-{name}\ncommit=", 1))
    if lacking:
        (later / "source" / lacking).unlink()
    files = [path for path in later.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    (later / "SHA256SUMS").write_text(
        "".join(
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(later)}\n"
            for path in files
        )
    )
    return later


class Installed:
    """A portal installed below `root`, as `install.sh --root` leaves it."""

    def __init__(self, root: Path, port: int) -> None:
        self.root = root
        self.port = port
        self.prefix = root / "opt" / "portal"
        self.data = root / "var" / "lib" / "portal"
        self.settings = root / "etc" / "portal" / "portal.env"
        self.units = root / "etc" / "systemd" / "system"

    def install(self, bundle: Path) -> "subprocess.CompletedProcess[str]":
        """Without a network, and with a pip that would rather ask one."""
        secrets = self.root.with_name(f"{self.root.name}.secrets")
        secrets.touch(mode=0o600)
        secrets.write_text(f"EMAIL_URL='{EMAIL_URL}'\n")
        listen = f"127.0.0.1:{self.port}"
        options: tuple[str | Path, ...] = (
            "--root",
            self.root,
            "--listen",
            listen,
            "--site-url",
            f"http://{listen}",
            "--secrets",
            secrets,
            "--mail-from",
            "portal@example.gov",
        )
        command = (*cut_off(), bundle / "install.sh", *options, "--python", sys.executable)
        return run(*command, PIP_INDEX_URL="http://127.0.0.1:9/")

    def roll_back(self, *flags: str) -> "subprocess.CompletedProcess[str]":
        return run(self.prefix / "current" / "deploy" / "rollback.sh", *flags)

    def release(self) -> str:
        return (self.prefix / "current").resolve().name

    def manage(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        return run(self.prefix / "manage", *arguments)

    @contextmanager
    def running(self) -> Iterator[str]:
        """The command of the unit, as systemd would start it; gives the address it answers at."""
        unit = (self.units / "portal.service").read_text()
        (command,) = [line for line in unit.splitlines() if line.startswith("ExecStart=")]
        script = f"set -a; . {self.settings}; exec {command.removeprefix('ExecStart=')}"
        folder = self.prefix / "current"
        log = self.root / "portal.log"
        with log.open("wb") as output:
            portal = subprocess.Popen(
                ["sh", "-c", script],
                cwd=folder,
                env={"PATH": os.environ["PATH"]},
                stdout=output,
                stderr=output,
            )
        try:
            address = f"http://127.0.0.1:{self.port}"
            _wait_for(f"{address}/healthz", portal, log)
            yield address
        finally:
            portal.terminate()
            portal.wait(timeout=60)

    def start(self) -> "subprocess.Popen[bytes]":
        """By the command, as where there is no systemd; it answers once this returns."""
        log = self.root / "portal.log"
        address = ("--host", "127.0.0.1", "--port", str(self.port))
        with log.open("wb") as output:
            portal = subprocess.Popen(
                [str(self.prefix / "manage"), "run_portal", *address],
                env={"PATH": os.environ["PATH"]},
                stdout=output,
                stderr=output,
            )
        _wait_for(f"http://127.0.0.1:{self.port}/healthz", portal, log)
        return portal


def _wait_for(address: str, portal: "subprocess.Popen[bytes]", log: Path) -> None:
    for _attempt in range(600):
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            assert portal.poll() is None, log.read_text()
            time.sleep(0.1)
    raise AssertionError(log.read_text())
