from tests.sessions.evidence.conftest import media

__all__ = ["media"]
