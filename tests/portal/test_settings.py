"""The settings as a county runs them, read in a process of their own."""

import os
import subprocess
import sys

from portal.settings.environment import BASE_DIR

PRODUCTION = {
    "PRODUCTION": "true",
    "SECRET_KEY": "k3y-of-a-county-that-is-long-enough-and-has-many-different-signs-0123456789",
    "ALLOWED_HOSTS": "study.example.gov",
    "TRUSTED_PROXIES": "172.16.0.0/12",
}


def manage(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    # The browser tests set this for their process; a production portal must not have it.
    inherited = {k: v for k, v in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env={**inherited, "DJANGO_SETTINGS_MODULE": "portal.settings", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_djangos_deployment_check_finds_nothing(tmp_path):
    done = manage(
        "check", "--deploy", "--fail-level", "WARNING", VAR_DIR=str(tmp_path), **PRODUCTION
    )
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


def test_limits_beyond_reason_are_refused(tmp_path):
    done = manage("check", VAR_DIR=str(tmp_path), PASSWORD_MAX_AGE_DAYS="3650")
    assert done.returncode != 0
    assert "PASSWORD_MAX_AGE_DAYS 应在 30 与 180 之间" in done.stderr


def test_cookies_of_production_belong_to_this_host_alone(tmp_path):
    code = "from django.conf import settings as s; print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME)"
    done = manage("shell", "-v0", "-c", code, VAR_DIR=str(tmp_path), **PRODUCTION)
    assert done.stdout.split() == ["__Host-session", "__Host-csrf"]


def test_vendored_files_can_be_collected(tmp_path):
    code = "from django.conf import settings as s; s.STATIC_ROOT = s.VAR_DIR / 'static'"
    done = manage(
        "shell",
        "-v0",
        "-c",
        f"{code}\nfrom django.core.management import call_command\n"
        "call_command('collectstatic', '--noinput', verbosity=0)",
        VAR_DIR=str(tmp_path),
        **PRODUCTION,
    )
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "static" / "portal").glob("theme.*.css"))
