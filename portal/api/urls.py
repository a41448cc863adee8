"""Addresses of the API, put together from the rooms."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

urlpatterns = [
    path("v1/", include("units.api.urls")),
    path("schema/", SpectacularAPIView.as_view(), name="api_schema"),
]
