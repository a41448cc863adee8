"""The settings as a county runs them, read in a process of their own."""

import os
import subprocess
import sys

import pytest
import redis

from portal.settings.environment import BASE_DIR
from tests.services.redis import running_redis

PRODUCTION = {
    "PRODUCTION": "true",
    "SECRET_KEY": "k3y-of-a-county-that-is-long-enough-and-has-many-different-signs-0123456789",
    "ALLOWED_HOSTS": "study.example.gov",
    "SITE_URL": "https://study.example.gov",
    "TRUSTED_PROXIES": "172.16.0.0/12",
    "DATABASE_URL": "postgres://portal:not-asked@127.0.0.1:1/portal",
    "EMAIL_URL": "smtp+tls://xuexi:secret@mail.example.gov:587",
    "DEFAULT_FROM_EMAIL": "xuexi@example.gov",
    "BACKUP_SECOND_DIR": "/mnt/second",
}
WARNINGS = ("check", "--deploy", "--fail-level", "WARNING")
WORKER = ("-m", "celery", "--app", "portal", "worker", "--pool", "solo")
BEAT = ("-m", "celery", "--app", "portal", "beat")


def python(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    # The browser tests set this for their process; a production portal must not have it.
    inherited = {k: v for k, v in os.environ.items() if k != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=BASE_DIR,
        env={**inherited, "DJANGO_SETTINGS_MODULE": "portal.settings", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def manage(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return python("manage.py", *arguments, **environment)


def test_the_deployment_check_finds_nothing_where_all_is_right(tmp_path, redis_server):
    with redis.Redis.from_url(redis_server) as client:
        client.config_set("requirepass", "secret")
    url = redis_server.replace("://", "://:secret@")
    done = manage(*WARNINGS, REDIS_URL=url, VAR_DIR=str(tmp_path / "var"), **PRODUCTION)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr


def test_the_deployment_check_asks_redis_what_it_throws_away(tmp_path, redis_folder):
    with running_redis(redis_folder, "--maxmemory-policy", "allkeys-lru") as url:
        done = manage(*WARNINGS, REDIS_URL=url, VAR_DIR=str(tmp_path), **PRODUCTION)
    assert done.returncode != 0
    assert "portal.E043" in done.stderr


def test_a_trial_is_told_that_it_is_one(tmp_path):
    done = manage(*WARNINGS, VAR_DIR=str(tmp_path))
    assert "没有设置 PRODUCTION=true" in done.stderr


@pytest.mark.parametrize("process", [("-c", "import portal.wsgi"), WORKER, BEAT])
def test_no_process_starts_with_unsafe_settings(tmp_path, process):
    environment = {**PRODUCTION, "LOG_KEEP_DAYS": "180", "VAR_DIR": str(tmp_path / "var")}
    done = python(*process, **environment)
    assert done.returncode != 0
    assert "LOG_KEEP_DAYS 不得少于 184 天，现为 180 天" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("LOG_FORMAT", "xml", "LOG_FORMAT 只能是 json 或 text"),
        ("LOG_LEVEL", "loud", "LOG_LEVEL 只能是"),
        ("TIME_ZONE", "Asia/Beijing", "TIME_ZONE 不是已知的时区：'Asia/Beijing'"),
        ("TIME_ZONE", "", "TIME_ZONE 不是已知的时区：''"),
        ("PRODUCTION", "ture", "PRODUCTION 只能是 true 或 false，现为 'ture'"),
        ("EMAIL_TIMEOUT", "", "EMAIL_TIMEOUT 应是整数，现为 ''"),
        ("BACKUP_HOURS", "2点", "BACKUP_HOURS 应是整数，现为 '2点'"),
        ("DATABASE_URL", "mysql://u:p@db/portal", "DATABASE_URL 不是能用的地址"),
        ("DATABASE_URL", "postgres://u:p@db:54x2/portal", "DATABASE_URL 不是能用的地址"),
        ("EMAIL_URL", "", "EMAIL_URL 不是能用的地址，应形如 smtp+tls://"),
    ],
)
def test_words_no_setting_knows_are_refused(tmp_path, name, value, said):
    done = manage("check", VAR_DIR=str(tmp_path), **{name: value})
    assert done.returncode != 0
    assert said in done.stderr


def test_what_is_said_of_an_address_does_not_quote_its_password(tmp_path):
    done = manage("check", VAR_DIR=str(tmp_path), DATABASE_URL="postgres://u:s3cret@db:x/portal")
    assert done.returncode != 0
    assert "s3cret" not in done.stderr + done.stdout


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("no folder")
    done = manage("check", VAR_DIR=str(tmp_path / "file" / "var"))
    assert f"VAR_DIR（{tmp_path}/file/var）不存在，也建不了" in done.stderr


def test_a_county_without_tls_is_warned_once_and_in_chinese(tmp_path, redis_server):
    plain = {**PRODUCTION, "HTTPS": "false", "SITE_URL": "http://study.example.gov"}
    done = manage(*WARNINGS, REDIS_URL=redis_server, VAR_DIR=str(tmp_path / "var"), **plain)
    assert "portal.W009" in done.stderr
    assert "security.W" not in done.stderr


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
