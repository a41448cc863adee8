"""What holds a password reaches `install.sh` without standing on a command line."""

from pathlib import Path

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
