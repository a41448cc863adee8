"""A county whose own unit has a group, and its people as callers of the API."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.models import User
from sessions.models import StudySession
from tests.portal.county import County, make_county
from tests.sessions.recording.make import make_group
from units.models import RosterEntry, Unit

V1 = "/api/v1"
YESTERDAY = timezone.localdate() - timedelta(days=1)


@dataclass
class Caller:
    """Sends JSON, and with a write the version it reads at ``about`` (the address without it)."""

    client: Client

    def get(self, address: str, **query: Any) -> Any:
        return self.client.get(f"{V1}{address}", query)

    def post(self, address: str, body: Any = None, **headers: str) -> Any:
        return self._send("post", address, body, headers)

    def etag(self, about: str) -> dict[str, str]:
        return {"If-Match": self.get(about).headers["ETag"]}

    def step(self, address: str, body: Any = None) -> Any:
        """A step from the version that stands now."""
        return self.post(address, body or {}, **self.etag(address.rpartition("/")[0]))

    def patch(self, address: str, body: Any) -> Any:
        return self._send("patch", address, body, self.etag(address))

    def put(self, address: str, body: Any) -> Any:
        return self._send("put", address, body, self.etag(address))

    def delete(self, address: str) -> Any:
        return self._send("delete", address, None, self.etag(address))

    def _send(
        self, method: str, address: str, body: Any, headers: Mapping[str, str]
    ) -> HttpResponse:
        send = getattr(self.client, method)
        answer: HttpResponse = send(
            f"{V1}{address}", body, content_type="application/json", headers=dict(headers)
        )
        return answer


def caller_of(user: User) -> Caller:
    client = Client()
    client.force_login(user)
    return Caller(client)


def make_scene() -> tuple[County, Caller]:
    """The county, and the clerk of its own unit, which has a group of three."""
    county = make_county()
    make_group(county.own)
    return county, caller_of(county["clerk"])


def entries(unit: Unit) -> dict[str, int]:
    return dict(RosterEntry.objects.filter(person__unit=unit).values_list("person__name", "pk"))


def body(unit: Unit, day: date = YESTERDAY, **changes: Any) -> dict[str, Any]:
    """A complete record, everybody present. A value of None leaves a field out."""
    record: dict[str, Any] = {
        "unit": unit.code,
        "theme": "学习宪法",
        "date": day.isoformat(),
        "form": "collective",
        "place": "会议室",
        "chair": "赵一",
        "content": "宪法序言",
        "attendance": [{"member": pk, "status": "present"} for pk in entries(unit).values()],
    }
    return {name: value for name, value in (record | changes).items() if value is not None}


def made(caller: Caller, unit: Unit, **changes: Any) -> str:
    """The address of a new draft."""
    answer = caller.post("/sessions", body(unit, **changes))
    assert answer.status_code == 201, answer.content.decode()
    return f"/sessions/{answer.json()['id']}"


CONFIRMED: dict[str, Any] = {"declared": True, "counts": {"due": 3, "here": 3}}


def stored(address: str) -> StudySession:
    return StudySession.objects.get(pk=int(address.rpartition("/")[2]))


def errors(answer: Any) -> dict[str, list[str]]:
    """The messages by field."""
    told: dict[str, list[str]] = {}
    for each in answer.json()["errors"]:
        told.setdefault(each["field"], []).append(each["message"])
    return told
