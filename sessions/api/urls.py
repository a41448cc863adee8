"""Addresses of what was studied in the API."""

from django.urls import path

from sessions.api.bulk import SessionBatch
from sessions.api.evidence import EvidenceFile, EvidenceResource
from sessions.api.makeups import MakeupResource
from sessions.api.sessions import SessionResource
from sessions.api.steps import SessionSteps
from sessions.api.topics import TopicResource

_PIECE = "sessions/<int:pk>/evidence/<int:evidence>"
_MAKEUP = "sessions/<int:pk>/makeups/<int:member>"

TOPICS = [
    path("topics", TopicResource.as_view({"get": "list", "post": "create"}), name="api_topics"),
    path(
        "topics/<int:pk>",
        TopicResource.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api_topic",
    ),
    path(
        "topics/<int:pk>/retire", TopicResource.as_view({"post": "retire"}), name="api_topic_retire"
    ),
    path(
        "topics/<int:pk>/restore",
        TopicResource.as_view({"post": "restore"}),
        name="api_topic_restore",
    ),
]
SESSIONS = [
    path(
        "sessions", SessionResource.as_view({"get": "list", "post": "create"}), name="api_sessions"
    ),
    path("sessions/bulk", SessionBatch.as_view({"post": "create"}), name="api_sessions_bulk"),
    path(
        "sessions/<int:pk>",
        SessionResource.as_view(
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
        ),
        name="api_session",
    ),
    path(
        "sessions/<int:pk>/submit",
        SessionSteps.as_view({"post": "submit"}),
        name="api_session_submit",
    ),
    path(
        "sessions/<int:pk>/withdraw",
        SessionSteps.as_view({"post": "withdraw"}),
        name="api_session_withdraw",
    ),
    path(
        "sessions/<int:pk>/accept",
        SessionSteps.as_view({"post": "accept"}),
        name="api_session_accept",
    ),
    path(
        "sessions/<int:pk>/return",
        SessionSteps.as_view({"post": "send_back"}),
        name="api_session_return",
    ),
    path(
        "sessions/<int:pk>/evidence",
        EvidenceResource.as_view({"post": "create"}),
        name="api_session_evidence",
    ),
    path(
        _PIECE,
        EvidenceResource.as_view({"get": "retrieve", "delete": "destroy"}),
        name="api_session_evidence_piece",
    ),
    path(f"{_PIECE}/file", EvidenceFile.as_view({"get": "file"}), name="api_session_evidence_file"),
    path(
        _MAKEUP,
        MakeupResource.as_view({"get": "retrieve", "put": "update", "delete": "destroy"}),
        name="api_session_makeup",
    ),
    path(
        f"{_MAKEUP}/confirm",
        MakeupResource.as_view({"post": "confirm"}),
        name="api_session_makeup_confirm",
    ),
]

urlpatterns = [*TOPICS, *SESSIONS]
