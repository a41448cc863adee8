import pytest
from django.db import OperationalError, connection
from django.urls import reverse


@pytest.mark.django_db
def test_anybody_learns_that_the_portal_is_up_and_nothing_more(client):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


def test_without_its_database_the_portal_says_only_that_it_is_unavailable(client, monkeypatch):
    def refuse():
        raise OperationalError("password of the county: secret")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get(reverse("healthz"))
    assert (response.status_code, response.content) == (503, b"unavailable")


def test_nothing_can_be_posted_there(client):
    assert client.post("/healthz").status_code == 405
