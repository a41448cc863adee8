"""Addresses of what is worked out from the records."""

from django.urls import include, path

from reports.compliance.views import unit_compliance

urlpatterns = [
    path("units/<str:code>/compliance/", unit_compliance, name="unit_compliance"),
    path("", include("reports.assessments.urls")),
    path("", include("reports.exports.urls")),
    path("", include("reports.overview.urls")),
    path("", include("reports.archives.urls")),
    path("", include("reports.centre.urls")),
    path("", include("reports.circulars.urls")),
    path("", include("reports.documents.urls")),
    path("", include("reports.hints.urls")),
    path("", include("reports.mailing.urls")),
    path("", include("reports.closings.urls")),
    path("", include("reports.rulebook.urls")),
    path("", include("reports.similarity.urls")),
    path("", include("reports.sitins.urls")),
    path("", include("reports.turn.urls")),
    path("", include("reports.yearly.urls")),
]
