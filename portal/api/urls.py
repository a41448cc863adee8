"""Addresses of the API, put together from the rooms."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from portal.api.docs import api_docs

urlpatterns = [
    path("v1/", include("units.api.urls")),
    path("v1/", include("reports.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("docs/", api_docs, name="api_docs"),
]
