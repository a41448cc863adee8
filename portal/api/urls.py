"""Addresses of the API, put together from the rooms."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from portal.api.docs import api_docs
from portal.api.events import EventResource

urlpatterns = [
    path("v1/", include("units.api.urls")),
    path("v1/", include("sessions.api.urls")),
    path("v1/", include("reports.api.urls")),
    path("v1/events", EventResource.as_view({"get": "list"}), name="api_events"),
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("docs/", api_docs, name="api_docs"),
]
