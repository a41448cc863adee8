"""Nobody overwrites what they have not read."""

import pytest

from portal.models import Feedback


@pytest.fixture
def note(clerk):
    answer = clerk.post("/api/v1/notes", {"text": "一"}, content_type="application/json")
    return f"/api/v1/notes/{answer.json()['id']}"


def patch(browser, note, etag):
    headers = {"If-Match": etag} if etag else {}
    return browser.patch(note, {"text": "二"}, content_type="application/json", headers=headers)


def test_the_version_read_may_be_changed_once(clerk, note):
    read = clerk.get(note)["ETag"]
    changed = patch(clerk, note, read)
    assert (changed.status_code, changed.json()["text"]) == (200, "二")
    assert changed["ETag"] == clerk.get(note)["ETag"] != read
    assert patch(clerk, note, read).status_code == 412


@pytest.mark.parametrize(
    ("etag", "status"), [("", 428), ("*", 428), ('"x"', 412), ('W/"x"', 412), (",", 428)]
)
def test_without_the_version_nothing_is_changed(clerk, note, etag, status):
    assert patch(clerk, note, etag).status_code == status
    assert Feedback.objects.get().text == "一"


def test_one_of_several_versions_is_enough(clerk, note):
    read = clerk.get(note)["ETag"]
    assert patch(clerk, note, f'"x", {read}').status_code == 200


def test_who_holds_the_version_is_spared_the_body(clerk, note):
    answer = clerk.get(note, headers={"If-None-Match": clerk.get(note)["ETag"]})
    assert (answer.status_code, answer.content) == (304, b"")


def test_what_was_deleted_while_one_waited_for_it_is_absent(clerk, note, monkeypatch):
    def deletes(manager):
        Feedback.objects.all().delete()
        return manager.get_queryset().select_for_update()

    read = clerk.get(note)["ETag"]
    monkeypatch.setattr(type(Feedback._default_manager), "select_for_update", deletes)
    assert patch(clerk, note, read).status_code == 404
