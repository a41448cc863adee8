import json
import subprocess
import sys

import pytest
from django.db import connections

from portal.celery import app
from portal.embedded.child import child_environment
from tests.portal.embedded.probes import note


@pytest.fixture
def configured(settings, tmp_path, monkeypatch):
    """What Celery is told under other environment variables: read in a process of its own."""

    def read(**environment: str) -> dict[str, object]:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        settings.VAR_DIR = tmp_path
        code = (
            "import json, django; django.setup();"
            "from portal.celery import app; c = app.conf;"
            "print(json.dumps({'url': c.broker_url, 'options': c.broker_transport_options,"
            " 'limit': c.task_time_limit, 'accept': c.accept_content,"
            " 'zone': c.timezone, 'beat': c.beat_schedule}, default=str))"
        )
        output = subprocess.run(
            [sys.executable, "-c", code],
            env=child_environment(),
            cwd=settings.BASE_DIR,
            check=True,
            capture_output=True,
        ).stdout
        return dict(json.loads(output))

    return read


def test_without_redis_the_queue_is_a_folder_among_the_data(configured, tmp_path):
    conf = configured(REDIS_URL="")
    assert conf["url"] == "folder://localhost"
    assert conf["options"] == {"folder": str(tmp_path / "queue")}


def test_no_task_may_outlive_the_time_after_which_redis_hands_it_out_again(configured):
    conf = configured(REDIS_URL="redis://127.0.0.1:1/0")
    assert conf["url"] == "redis://127.0.0.1:1/0"
    assert conf["limit"] < conf["options"]["visibility_timeout"]
    assert conf["options"]["socket_timeout"] == 5


def test_celery_keeps_the_countys_time_and_reads_json_only(configured):
    conf = configured()
    assert (conf["zone"], conf["accept"]) == ("Asia/Shanghai", ["json"])


def test_a_wake_up_expires_when_the_next_one_comes(configured):
    beat = configured(TICK_SECONDS="7")["beat"]
    assert beat["tick"] == {
        "task": "reports.tasks.tick",
        "schedule": 7,
        "options": {"expires": 7},
    }


def test_every_wake_up_wakes_a_task_that_there_is(configured):
    app.loader.import_default_modules()
    beat = configured()["beat"]
    assert {each["task"] for each in beat.values()} <= set(app.tasks)
    assert {"clean_sign_ins", "clean_uploads", "clean_imports", "note_trail_head"} <= set(beat)


@pytest.mark.django_db
def test_a_connection_kept_between_tasks_is_checked_before_the_next(tmp_path):
    state = vars(connections["default"])
    state["health_check_done"] = True
    note.apply(args=(str(tmp_path / "seen"), "done"))
    assert state["health_check_done"] is False


def test_database_connections_are_kept_for_many_tasks():
    assert app.conf.get("CELERY_DB_REUSE_MAX") == 1000
