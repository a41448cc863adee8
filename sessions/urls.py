"""Addresses of this room, noun by noun."""

from django.urls import include, path

urlpatterns = [
    path("", include("sessions.evidence.urls")),
    path("", include("sessions.entries.urls")),
    path("", include("sessions.holds.urls")),
    path("", include("sessions.makeups.urls")),
    path("", include("sessions.pages.urls")),
    path("", include("sessions.plans.urls")),
    path("", include("sessions.topics.urls")),
    path("", include("sessions.unit_reports.urls")),
    path("", include("sessions.report_notices.urls")),
    path("", include("sessions.reviews.urls")),
    path("", include("sessions.ledgers.urls")),
    path("", include("sessions.printing.urls")),
    path("", include("sessions.rosters.urls")),
]
