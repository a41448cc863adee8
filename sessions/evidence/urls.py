"""Addresses of evidence."""

from django.urls import path

from sessions.evidence import views

urlpatterns = [
    path("sessions/<int:pk>/evidence/", views.session_evidence, name="session_evidence"),
    path(
        "sessions/<int:pk>/evidence/<int:evidence_pk>/remove/",
        views.evidence_remove,
        name="evidence_remove",
    ),
    path("evidence/<int:pk>/", views.evidence_file, name="evidence_file"),
]
