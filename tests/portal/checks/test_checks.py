import os
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.checks.start import found, refuse_unsafe_start
from tests.portal.checks.environment import GOOD, folders

pytestmark = pytest.mark.filterwarnings("ignore:Overriding setting DATABASES")


@pytest.fixture
def county(settings, tmp_path):
    """Sets what a county has set, or had it been careful; says what the checks find of ours."""

    def check(**changes: object) -> list[str]:
        for name, value in {**GOOD, **folders(tmp_path), **changes}.items():
            setattr(settings, name, value)
        return sorted(str(each.id) for each in found())

    return check


def test_nothing_is_found_where_everything_is_right(county):
    assert county() == []


@pytest.mark.parametrize(
    ("changes", "ids"),
    [
        ({"SECRET_KEY": "x" * 60}, ["portal.E002"]),
        ({"SECRET_KEY": "short-but-not-simple"}, ["portal.E002"]),
        ({"DEBUG": True}, ["portal.E003"]),
        ({"METRICS_TOKEN": "guess"}, ["portal.E004"]),
        ({"ALLOWED_HOSTS": []}, ["portal.E010", "portal.E015"]),
        ({"ALLOWED_HOSTS": ["*"]}, ["portal.E010"]),
        ({"ALLOWED_HOSTS": ["localhost"]}, ["portal.E015", "portal.W011"]),
        ({"SITE_URL": ""}, ["portal.E012"]),
        ({"SITE_URL": "study.example.gov"}, ["portal.E012"]),
        ({"SITE_URL": "http://study.example.gov"}, ["portal.E013"]),
        ({"SITE_URL": "http://study.example.gov", "HTTPS": False}, ["portal.W009"]),
        ({"SITE_URL": "https://127.0.0.1:8000"}, ["portal.W014"]),
        ({"SITE_URL": "https://other.example.gov"}, ["portal.E015"]),
        ({"TRUSTED_PROXIES": ["nginx"]}, ["portal.E016"]),
        ({"PRIVILEGED_NETWORKS": ["10.1.0.0/99"]}, ["portal.E016"]),
        ({"TRUSTED_PROXIES": ["0.0.0.0/0"]}, ["portal.E017"]),
        ({"TRUSTED_PROXIES": ["::/0"]}, ["portal.E017"]),
        ({"TRUSTED_PROXIES": []}, ["portal.E018"]),
        (
            {"TRUSTED_PROXIES": [], "HTTPS": False, "SITE_URL": "http://study.example.gov"},
            ["portal.W009", "portal.W019"],
        ),
        ({"LOG_KEEP_DAYS": 183}, ["portal.E030"]),
        ({"BACKUP_DIR": ""}, ["portal.E033"]),
        ({"BACKUP_SECOND_DIR": ""}, ["portal.W035"]),
        (
            {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}},
            ["portal.W040"],
        ),
        ({"REDIS_URL": ""}, ["portal.W041"]),
        ({"REDIS_URL": "http://127.0.0.1:6379/0"}, ["portal.E048"]),
        ({"REDIS_URL": "redis://127.0.0.1:6379/0"}, ["portal.W049"]),
        ({"REDIS_URL": "redis+socket:///run/redis/redis.sock"}, []),
        ({"EMAIL_TIMEOUT": 0}, ["portal.E020"]),
        ({"JOB_LEASE_SECONDS": 0, "CHUNK_UNITS": 0}, ["portal.E020", "portal.E020"]),
        ({"EMAIL_BACKEND": "reports.outbox.OutboxBackend"}, ["portal.W044"]),
        ({"EMAIL_USE_TLS": False}, ["portal.W045"]),
        ({"EMAIL_USE_TLS": False, "EMAIL_HOST": "127.0.0.1"}, []),
        ({"DEFAULT_FROM_EMAIL": "study-portal@localhost"}, ["portal.W046"]),
        ({"TIME_ZONE": "UTC"}, ["portal.W047"]),
        ({"IDLE_MINUTES": 600}, ["accounts.E001"]),
    ],
)
def test_each_slip_is_found(county, changes, ids):
    assert county(**changes) == ids


@pytest.mark.parametrize(
    ("changes", "id"),
    [({"LOG_KEEP_DAYS": 30}, "portal.E030"), ({"METRICS_TOKEN": "x"}, "portal.E004")],
)
def test_a_trial_is_held_to_some_of_it_only(settings, changes, id):  # noqa: A002  Django's word
    assert [each.id for each in found()] == []
    for name, value in changes.items():
        setattr(settings, name, value)
    assert [each.id for each in found()] == [id]


def test_backups_among_the_data_are_lost_with_them(county, tmp_path):
    assert county(BACKUP_DIR=str(tmp_path / "var_dir" / "backups")) == ["portal.E034"]


@pytest.mark.parametrize("name", ["MEDIA_ROOT", "EXPORTS_DIR"])
def test_files_of_units_do_not_lie_among_those_everybody_may_fetch(
    county, settings, tmp_path, name
):
    static = Path(settings.BASE_DIR) / "portal" / "static"
    assert set(county(**{name: str(static / "media")})) == {"portal.E032"}
    assert county(STATIC_ROOT=str(tmp_path), BACKUP_DIR="/elsewhere") == ["portal.E032"] * 5


def test_a_folder_nobody_can_write_is_found(county, tmp_path):
    (tmp_path / "file").write_text("no folder")
    assert county(MEDIA_ROOT=str(tmp_path / "file" / "media")) == ["portal.E031"]
    if os.getuid() != 0:  # root may write everywhere else
        assert county(VAR_DIR=Path("/")) == ["portal.E031"]


def test_faults_refuse_the_start_in_sentences_and_warnings_do_not(county, caplog):
    county(TRUSTED_PROXIES=["nginx"], LOG_KEEP_DAYS=30)
    with pytest.raises(ImproperlyConfigured, match=r"E016：TRUSTED_PROXIES(.|\n)*E030：LOG_KEEP"):
        refuse_unsafe_start()
    county(REDIS_URL="")
    refuse_unsafe_start()
    assert "portal.W041" in caplog.text
