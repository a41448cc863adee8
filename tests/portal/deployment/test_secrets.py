"""What holds a password reaches `install.sh` without standing on a command line."""

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from portal.settings.environment import BASE_DIR
from tests.portal.deployment.installed import run

READ = (
    'ROOT=""; . deploy/tree.sh; . deploy/configure.sh; SECRETS="$1"; EMAIL_URL="" DATABASE_URL="";'
    'read_secrets; printf "%s|%s" "$EMAIL_URL" "$DATABASE_URL"'
)
LINES = "# mail\nEMAIL_URL='smtp+tls://u:a%27=b@mail:587'\n\nDATABASE_URL=postgres://p@db/portal\n"


def read(secrets: Path) -> tuple[int, str, str]:
    done = run("bash", "-euo", "pipefail", "-c", READ, "read", secrets)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def secrets(tmp_path):
    path = tmp_path / "secrets"
    path.touch(mode=0o600)
    path.write_text(LINES)
    return path


def test_they_come_in_a_file(secrets):
    assert read(secrets) == (0, "smtp+tls://u:a%27=b@mail:587|postgres://p@db/portal", "")


def test_not_in_one_that_others_read(secrets):
    secrets.chmod(0o640)
    code, _out, said = read(secrets)
    assert (code, "chmod 600" in said) == (1, True)


def test_a_line_that_is_none_of_them_is_named(secrets):
    secrets.write_text(LINES + "SECRET=1\n")
    code, _out, said = read(secrets)
    assert (code, "SECRET" in said) == (1, True)


@pytest.mark.parametrize("option", ["--email-url", "--database-url", "--redis-url"])
def test_and_not_on_the_command_line(option):
    done = run(BASE_DIR / "deploy" / "install.sh", option, "smtp://u:p@mail")
    assert (done.returncode, "--secrets" in done.stderr) == (1, True)


def run_manage(folder: Path, command: str) -> "CompletedProcess[str]":
    """As the installed command does, with a Python that says what it is called with."""
    python = folder / "venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$2 $DATABASE_URL"\n')
    python.chmod(0o755)
    script = f'ROOT=/ SYSTEMD=no CONFIG={folder}; . deploy/tree.sh; run_manage "$@"'
    return run("bash", "-euo", "pipefail", "-c", script, "run", folder, command)


@pytest.mark.parametrize(
    ("command", "role"), [("migrate", "owner"), ("restore", "owner"), ("check", "portal")]
)
def test_the_owner_of_the_tables_is_asked_for_where_tables_change(tmp_path, command, role):
    (tmp_path / "portal.env").write_text("DATABASE_URL='postgres://portal@/portal'\n")
    (tmp_path / "owner.env").write_text("DATABASE_URL='postgres://owner@/portal'\n")
    done = run_manage(tmp_path, command)
    assert done.stdout == f"{command} postgres://{role}@/portal\n", done.stderr


def test_nothing_is_done_with_half_of_the_settings(tmp_path):
    (tmp_path / "portal.env").write_text("TIME_ZONE='Asia/Shanghai\nDATABASE_URL='postgres:'\n")
    done = run_manage(tmp_path, "check")
    assert (done.returncode, done.stdout) == (1, "")
    assert "少了一个单引号" in done.stderr
