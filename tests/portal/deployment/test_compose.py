"""The compose file beside the settings it feeds. Docker itself is not asked: few have it."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.settings.environment import BASE_DIR

COMPOSE = BASE_DIR / "docker-compose.yml"
ASKED_OF_HOST = {
    *("POSTGRES_PASSWORD", "REDIS_PASSWORD", "HTTP_PORT", "HTTPS_PORT", "TLS_DIR"),
    *("BACKUP_HOST_DIR", "BACKUP_SECOND_HOST_DIR"),
    *("DATABASE_OWNER_PASSWORD", "DATABASE_PASSWORD"),
}
PRIVILEGED = {"DATABASE_OWNER_PASSWORD", "POSTGRES_PASSWORD"}


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load(COMPOSE.read_text()))


def names_of_settings() -> set[str]:
    told = "\n".join(
        path.read_text() for path in (BASE_DIR / "portal").glob("*/*.py") if "settings" in str(path)
    )
    return set(re.findall(r'env(?:\.\w+)?\(\s*"([A-Z_]+)"', told))


def test_every_name_given_to_the_portal_is_read_by_its_settings(compose):
    given = set(compose["x-portal"]["environment"]) - PRIVILEGED
    assert given - names_of_settings() == set()


def names_in_the_example() -> set[str]:
    return set(re.findall(r"^#([A-Z_]+)=", (BASE_DIR / ".env.example").read_text(), re.M))


def test_the_example_names_what_is_read_and_nothing_else():
    read = names_of_settings() | set(
        re.findall(r'env\.\w+\("([A-Z_]+)"', (BASE_DIR / "portal/web_server.py").read_text())
    )
    assert names_in_the_example() == read | ASKED_OF_HOST


def test_every_name_asked_for_stands_in_the_example():
    asked = set(re.findall(r"\$\{([A-Z_]+)", COMPOSE.read_text()))
    assert asked - names_in_the_example() == set()
    assert asked - names_of_settings() <= ASKED_OF_HOST


@pytest.mark.parametrize("service", ["web", "worker", "beat", "migrate"])
def test_every_process_has_data_and_backups(compose, service):
    targets = {volume.rpartition(":")[2] for volume in compose["services"][service]["volumes"]}
    assert targets == {"/var/lib/portal", "/var/backups/portal", "/mnt/portal-backups"}


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_what_answers_requests_knows_no_password_of_those_who_may_more(compose, service):
    """Though `.env` names them, all of which is passed on."""
    environment = compose["services"][service]["environment"]
    assert {name: environment[name] for name in PRIVILEGED} == dict.fromkeys(PRIVILEGED, "")
    assert "://portal:${DATABASE_PASSWORD:?" in environment["DATABASE_URL"]


def test_tables_change_under_the_role_that_owns_them(compose):
    migrate = compose["services"]["migrate"]
    assert "://portal_owner:${DATABASE_OWNER_PASSWORD:?" in migrate["environment"]["DATABASE_URL"]
    assert migrate["environment"].keys() > compose["x-portal"]["environment"].keys()
    assert (BASE_DIR / migrate["entrypoint"][0].removeprefix("/srv/portal/")).is_file()


def test_what_is_mounted_from_here_is_here(compose):
    volumes = [each for one in compose["services"].values() for each in one.get("volumes", ())]
    ours = [each.partition(":")[0] for each in volumes if each.startswith("./")]
    assert len(ours) == 2
    for path in ours:
        assert (BASE_DIR / path).is_file()


def test_dumps_are_made_by_programs_as_new_as_the_server(compose):
    server = re.match(r"postgres:(\d+)", compose["services"]["postgresql"]["image"])
    client = re.search(r"postgresql-client-(\d+)", Path(BASE_DIR, "Dockerfile").read_text())
    assert server
    assert client
    assert server[1] == client[1]


def test_another_folder_finds_the_same_volumes(compose):
    assert compose["name"] == "portal"


def test_redis_throws_nothing_away(compose):
    command = compose["services"]["redis"]["command"]
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"
    assert command[command.index("--appendonly") + 1] == "yes"
