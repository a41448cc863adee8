"""Evidence for the policy test."""

from accounts.models import User
from tests.portal.access.sample import Sample
from tests.sessions.evidence.make import make_evidence, make_session
from units.models import Unit


def session_address(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_session(unit).pk}


def piece_address(user: User, unit: Unit) -> dict[str, object]:
    piece = make_evidence(make_session(unit))
    return {"pk": piece.session_id, "evidence_pk": piece.pk}


def file_address(user: User, unit: Unit) -> dict[str, object]:
    return {"pk": make_evidence(make_session(unit)).pk}


NO_SESSION = {"pk": 10**9}
EVIDENCE_SAMPLES: dict[tuple[str, str], Sample] = {
    ("session_evidence", "GET"): Sample(make=session_address, missing=NO_SESSION),
    ("session_evidence", "POST"): Sample(
        make=session_address, missing=NO_SESSION, body={"kind": "minutes", "is_paper": "on"}
    ),
    ("evidence_remove", "POST"): Sample(
        make=piece_address, missing={"pk": 10**9, "evidence_pk": 10**9}
    ),
    ("evidence_file", "GET"): Sample(make=file_address, missing=NO_SESSION),
}
