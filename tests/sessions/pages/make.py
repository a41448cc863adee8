"""A county whose own unit has a group, and what its clerk sends."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from tests.portal.county import County, make_county
from tests.sessions.recording.make import make_group, people
from units.models import Unit


def make_scene() -> tuple[County, Client]:
    """The county, and the browser of the clerk of its own unit."""
    county = make_county()
    make_group(county.own)
    client = Client()
    client.force_login(county["clerk"])
    return county, client


def answers(unit: Unit, day: Any = None, **changes: Any) -> dict[str, Any]:
    """A complete form, everybody present, all confirmed. A value of None leaves a field out."""
    ids = people(unit)
    form: dict[str, Any] = {
        "token": str(uuid4()),
        "version": "1",
        "theme": "学习宪法",
        "date": (day or timezone.localdate()).isoformat(),
        "length": "half",
        "form": "collective",
        "place": "会议室",
        "chair": "赵一",
        "content": "宪法序言",
        "scope": "group",
        **{f"attendance-{pk}": "present" for pk in ids.values()},
        "counts": f"{len(ids)}/{len(ids)}",
        "declared": "1",
    }
    return {name: value for name, value in (form | changes).items() if value is not None}


scene = pytest.fixture(make_scene, name="scene")
