import pytest

from tests.sessions.api.calling import make_scene

scene = pytest.fixture(make_scene, name="scene")
