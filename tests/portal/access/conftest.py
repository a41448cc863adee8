"""One county for all tests of a module: it costs more than what most of them ask of it."""

from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator

from accounts.models import SignIn
from tests.portal.access.matrix import Cookies, Scene, make_scene, sign_in
from tests.portal.county import County, make_county
from units.spreadsheets import sandbox


@pytest.fixture(scope="module")
def signed_in(django_db_setup, django_db_blocker) -> Iterator[tuple[County, Cookies]]:
    """A county in which every actor has signed in, gone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        county = make_county()
        yield county, sign_in(county)
        transaction.set_rollback(True)


@pytest.fixture
def scene(db, signed_in) -> Scene:
    """The module's county with browsers of the test's own, as if everybody had just signed in."""
    now = timezone.now()
    SignIn.objects.update(at=now, seen_at=now)
    county, cookies = signed_in
    return make_scene(deepcopy(county), cookies)


@pytest.fixture(scope="module", autouse=True)
def _same_file_read_once() -> Iterator[None]:
    """A child process that reads a workbook answers the same file alike: start it once for each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "run", lru_cache(maxsize=100)(sandbox.run))
        yield


@pytest.fixture(scope="module", autouse=True)
def _same_schema_drawn_once() -> Iterator[None]:
    """Drawing the API's schema takes as long as fifty pages; it is the same for every caller."""
    drawn, draw = {}, SchemaGenerator.get_schema

    def get_schema(self: SchemaGenerator, request: Any = None, public: bool = False) -> Any:
        asked = (self.api_version, get_language(), public)
        if asked not in drawn:
            drawn[asked] = draw(self, request, public)
        return drawn[asked]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SchemaGenerator, "get_schema", get_schema)
        yield
