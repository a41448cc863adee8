import json
import logging

import pytest

from accounts.request_ids import working_on
from portal.celery import app
from portal.logs.calls import HEADER, take_along
from portal.logs.formatters import JsonLine, TextLine
from tests.portal.county import make_county
from tests.portal.logs.lines import written


def record(message: str, **extra: object) -> logging.LogRecord:
    made = logging.LogRecord("reports.jobs", logging.ERROR, "", 0, message, (), None)
    vars(made).update(extra)
    return made


def test_a_line_names_the_request_and_what_slipped_into_a_record_stays_out():
    with working_on("4f"):
        line = json.loads(JsonLine().format(record("failed", person="测甲", status=500)))
    assert line.pop("time").endswith("+0800")
    assert line.pop("process")
    assert line == {
        "level": "ERROR",
        "logger": "reports.jobs",
        "message": "failed",
        "request_id": "4f",
        "status": 500,
    }


def test_text_says_the_same_and_breaks_no_line_but_for_an_errors_way():
    made = record("failed\nforged", status=500)
    assert TextLine().format(made).endswith("ERROR reports.jobs: failed\\x0aforged status=500")
    with pytest.raises(ValueError, match="测甲") as caught:
        int("测甲")
    made.exc_info = (caught.type, caught.value, caught.tb)
    said = TextLine().format(made).splitlines()
    assert said[0].endswith("error=ValueError")
    assert [line.startswith("  ") for line in said[1:]] == [True, True]


@pytest.mark.django_db
def test_a_request_leaves_one_line_with_its_route_and_no_address(client):
    client.force_login(make_county()["system_admin"])
    with written() as log:
        answer = client.get("/accounts/?q=zhangsan")
    (line,) = log.of("portal.requests")
    assert line["request_id"] == answer["X-Request-ID"]
    told = {name: line[name] for name in ("method", "route", "status", "role")}
    assert told["role"] == "system_admin"
    assert (told["method"], told["route"], told["status"]) == ("GET", "account_list", 200)
    assert line["milliseconds"] >= 0
    assert "zhangsan" not in str(log)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "route", "status"),
    [
        ("/links/aB3_x/password/", "own_password", 404),
        ("/zhangsan/", "-", 404),
        ("/healthz", "healthz", 200),
    ],
)
def test_strangers_leave_a_line_too(client, path, route, status):
    with written() as log:
        client.get(path)
    (line,) = log.of("portal.requests")
    assert (line["route"], line["status"], line["role"]) == (route, status, "")


def test_css_and_icons_are_no_news_unless_missing(client):
    with written() as log:
        client.get("/static/portal/theme.css")
        client.get("/static/portal/none.css")
    told = [(line["route"], line["status"]) for line in log.of("portal.requests")]
    assert told == [("static", 404)]


def test_a_method_nobody_knows_is_no_word_of_the_log(client):
    with written() as log:
        client.generic("ZHANGSAN", "/healthz")
    assert log.of("portal.requests")[0]["method"] == "OTHER"


def test_a_task_knows_the_request_that_asked_for_it():
    @app.task(name="tests.seen", bind=True)
    def seen_by(task) -> None:
        logging.getLogger("reports.tasks").warning("at work")

    with written() as log, working_on("4f"):
        seen_by.apply(headers={HEADER: "9c"}, task_id="t-1")
        logging.getLogger("reports.tasks").warning("back")
    app.tasks.pop("tests.seen")
    at_work, back = log.of("reports.tasks")
    told = [at_work[name] for name in ("request_id", "task", "task_id")]
    assert told == ["9c", "tests.seen", "t-1"]
    assert (back["request_id"], "task" in back) == ("4f", False)


def test_the_request_is_written_on_what_it_publishes():
    headers: dict[str, object] = {}
    with working_on("4f"):
        take_along(headers=headers)
    assert headers == {HEADER: "4f"}
