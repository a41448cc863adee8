"""Addresses of what was studied in the API."""

from django.urls import path

from sessions.api.bulk import SessionBatch
from sessions.api.evidence import EvidenceFile, EvidenceResource
from sessions.api.makeups import MakeupResource
from sessions.api.outcomes import OutcomeResource
from sessions.api.personal_records import PersonalRecordResource
from sessions.api.plan_steps import PlanItemResource, PlanSteps
from sessions.api.plans import PlanResource
from sessions.api.sessions import SessionResource
from sessions.api.steps import SessionSteps
from sessions.api.topics import TopicResource

_PIECE = "sessions/<int:pk>/evidence/<int:evidence>"
_ITEM = "plans/<int:pk>/items/<int:item>"
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
PLANS = [
    path("plans", PlanResource.as_view({"get": "list", "post": "create"}), name="api_plans"),
    path(
        "plans/<int:pk>",
        PlanResource.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api_plan",
    ),
    path("plans/<int:pk>/submit", PlanSteps.as_view({"post": "submit"}), name="api_plan_submit"),
    path(
        "plans/<int:pk>/withdraw", PlanSteps.as_view({"post": "withdraw"}), name="api_plan_withdraw"
    ),
    path("plans/<int:pk>/file", PlanSteps.as_view({"post": "file"}), name="api_plan_file"),
    path("plans/<int:pk>/return", PlanSteps.as_view({"post": "send_back"}), name="api_plan_return"),
    path(_ITEM, PlanItemResource.as_view({"get": "retrieve"}), name="api_plan_item"),
    path(f"{_ITEM}/mark", PlanItemResource.as_view({"post": "mark"}), name="api_plan_item_mark"),
]
ENTRIES = [
    path(
        "personal-records",
        PersonalRecordResource.as_view({"get": "list", "post": "create"}),
        name="api_personal_records",
    ),
    path(
        "personal-records/<int:pk>",
        PersonalRecordResource.as_view(
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
        ),
        name="api_personal_record",
    ),
    path(
        "outcomes", OutcomeResource.as_view({"get": "list", "post": "create"}), name="api_outcomes"
    ),
    path(
        "outcomes/<int:pk>",
        OutcomeResource.as_view(
            {"get": "retrieve", "patch": "partial_update", "delete": "destroy"}
        ),
        name="api_outcome",
    ),
]

urlpatterns = [*TOPICS, *SESSIONS, *PLANS, *ENTRIES]
