import logging

import pytest

from portal.backups.faults import BackupError
from portal.logs.plain import words


def record(name: str, message: object, *values: object) -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, "", 0, message, values, None)


@pytest.mark.parametrize(
    "said",
    [
        ("reports.jobs", "job %s failed", 17),
        ("accounts.heads", "last line of the audit trail: %s %s", 9, "0f" * 32),
        ("celery.worker", "Task reports.tasks.sweep[%s] received", "a3-b4"),
        ("portal.operation", "condition of %s: %s", "disk", BackupError("磁盘空间不足。")),
        ("portal.operation", "condition of %s: %s", "disk", BackupError("第一行。\n第二行。")),
        ("gunicorn.error", "Listening at: %s (%s)", "http://127.0.0.1:8000", 4711),
    ],
)
def test_what_our_code_and_its_processes_tell_is_kept(said):
    name, message, *values = said
    assert words(record(name, message, *values)) == message % tuple(
        f"BackupError: {each}".replace("\n", " ") if isinstance(each, BackupError) else each
        for each in values
    )


@pytest.mark.parametrize(
    ("said", "left"),
    [
        (("reports.sending", "to %s", "zhang.san@example.gov"), "to …"),
        (("reports.sending", "call %s", "13900001111"), "call …"),
        (("units.roster", "id %s", "11010119900307299X"), "id …"),
        (("units.roster", "row of 测甲·买买提 refused"), "row of … refused"),
        (("units.roster", "row of %s refused", "བཀྲ་ཤིས"), "row of … refused"),
        (("units.roster", "row of %s refused", "ꀉꅔ"), "row of … refused"),
        (("django.request", "Not Found: %s", "/people/zhangsan/"), "Not Found: …"),
        (
            ("django.security", "Invalid HTTP_HOST header: 'zhangsan'."),
            "Invalid HTTP_HOST header: ….",
        ),
        (
            ("gunicorn.error", "Error handling request %s", "/x?q=zhangsan"),
            "Error handling request /x?…",
        ),
        (
            ("gunicorn.error", "Error handling request %s", "/%E6%B5%8B/"),
            "Error handling request /…/",
        ),
        (("gunicorn.error", "request %s", "/setup/" + "aB3_" * 11), "request /setup/…"),
        (
            ("axes.handlers", "AXES: %d failures by %s", 3, "{username: zhangsan}"),
            "AXES: 3 failures by …",
        ),
        (("some.library", "%d and %s", 3, "zhangsan"), "3 and …"),
        (("some.library", "%d men", "zhangsan"), "… men"),
        (("reports.x", "two\r\nlines\x1b[31m"), "two\\x0d\\x0alines\\x1b[31m"),
        (("reports.x", "failed: %s", ValueError("zhangsan")), "failed: ValueError"),
        (("some.library", ValueError("zhangsan")), "ValueError"),
    ],
)
def test_what_could_name_a_person_is_left_out(said, left):
    name, message, *values = said
    assert words(record(name, message, *values)) == left


def test_of_a_failed_call_celery_tells_neither_arguments_nor_words():
    context = {"name": "tasks.run", "id": "7", "exc": "ValueError('zhangsan')", "args": "zhangsan"}
    message = "Task %(name)s[%(id)s] raised unexpected: %(exc)s %(args)s"
    said = record("celery.app.trace", message)
    said.args = context
    assert words(said) == "Task tasks.run[7] raised unexpected: … …"


@pytest.mark.parametrize("piece", ["a", "1", "李", "a.b-", "a@", "0101-"])
def test_an_endless_line_is_no_trap(piece):
    """A stranger's request may be as long as the web server takes it; this took minutes."""
    said = words(record("gunicorn.error", "Invalid request: %s", piece * 100_000))
    assert said.startswith("Invalid request: ")
