"""Addresses of the portal."""

from django.urls import URLPattern, URLResolver, path

from portal.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
]
