import pytest


@pytest.fixture
def media(settings, tmp_path):
    """A disk of one's own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"
