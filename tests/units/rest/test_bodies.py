"""Whatever is sent gets a sentence, never an error of ours."""

import pytest

from portal.models import Feedback
from units.rest.failures import flat


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"[" * 100_000, 400),
        (b'{"text": "\\ud800"}', 400),
        (b'{"text": "a\\u0000b"}', 400),
        (b'{"text": NaN}', 400),
        (b'{"text": {"a": 1}}', 400),
        (b'{"text": "a", "colour": "red"}', 400),
        ("{}".encode("utf-16"), 400),
        (b'{"text": "' + b"x" * 11_000_000 + b'"}', 413),
    ],
    ids=range(12),
)
def test_odd_bodies_are_refused(clerk, body, status):
    answer = clerk.post("/api/v1/notes", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["detail"]
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"text":', "第 1 行第 9 个字符处有误"),
        (b"\xff", "须用 UTF-8 编码"),
        (b'{"text": NaN}', "只能有对象"),
        (b"[]", "这里应是一个 JSON 对象"),
        (b"null", "这里应是一个 JSON 对象"),
    ],
)
def test_what_is_no_json_of_ours_is_told_in_chinese(clerk, body, told):
    answer = clerk.post("/api/v1/notes", body, content_type="application/json").json()
    assert told in answer["detail"] + "".join(each["message"] for each in answer["errors"])
    assert "No data" not in str(answer)


def test_a_field_nobody_declared_is_named(clerk):
    answer = clerk.post("/api/v1/notes", {"colour": "red"}, content_type="application/json")
    assert [each["field"] for each in answer.json()["errors"]] == ["colour"]


@pytest.mark.parametrize(
    ("content_type", "accept", "status"),
    [("text/csv", "*/*", 415), ("application/json", "text/html", 406)],
)
def test_other_formats_are_refused(clerk, content_type, accept, status):
    headers = {"Accept": accept}
    answer = clerk.post("/api/v1/notes", b"{}", content_type=content_type, headers=headers)
    assert answer.status_code == status


def test_errors_carry_the_path_of_their_field():
    detail = {"rows": [{}, {"name": ["缺"]}], "non_field_errors": ["空"]}
    assert [(each["field"], each["message"]) for each in flat(detail)] == [
        ("rows.1.name", "缺"),
        ("", "空"),
    ]
