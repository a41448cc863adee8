"""While the database is away: a page that says so, and carries the form that was sent."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client

from tests.portal.county import PASSWORD, County, make_county

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(monkeypatch) -> Client:
    """A signed-in clerk whose session cannot be looked up any more: it fails before any view."""
    county: County = make_county()
    client = Client()
    client.force_login(county["clerk"])
    client.raise_request_exception = False

    def fail(*args):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(SessionStore, "load", fail)
    return client


def test_outside_of_views_too_it_is_no_fault_of_ours(browser):
    answer = browser.get("/sessions/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "没有保存" in answer.content.decode()


def test_the_form_can_be_sent_again_from_the_page(browser):
    typed = {"theme": '学习"宪法"', "content": "一\r\n二", "token": "t"}
    page = browser.post("/sessions/new/?item=3", typed).content.decode()
    assert 'action="/sessions/new/?item=3"' in page
    assert 'name="theme" value="学习&quot;宪法&quot;"' in page
    assert 'name="content" value="一\r\n二"' in page
    assert "再次提交" in page


def test_a_password_is_never_written_into_a_page(browser):
    page = browser.post("/sign-in/", {"username": "clerk", "password": PASSWORD})
    assert page.status_code == 503
    assert PASSWORD not in page.content.decode()
    assert "再次提交" not in page.content.decode()


def test_a_chosen_file_must_be_chosen_again(browser, tmp_path):
    (tmp_path / "照片.jpg").write_bytes(b"x")
    with (tmp_path / "照片.jpg").open("rb") as file:
        page = browser.post("/sessions/1/evidence/", {"kind": "photo", "files": file})
    assert "须重新选择" in page.content.decode()


def test_a_form_that_is_none_brings_only_the_sentence(browser):
    answer = browser.post("/sessions/new/", b"\xff", content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 503
    assert "再次提交" not in answer.content.decode()
