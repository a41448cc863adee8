"""Addresses of the portal."""

from django.urls import URLPattern, URLResolver, include, path

from portal import views
from portal.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("", views.home, name="home"),
    path("help/", views.help_page, name="help"),
    path("feedback/", views.feedback, name="feedback"),
    path("feedback/<int:pk>/", views.feedback_item, name="feedback_item"),
    path("api/", include("portal.api.urls")),
    path("", include("portal.operation.urls")),
    path("", include("portal.trail.urls")),
    path("", include("accounts.urls")),
    path("", include("units.urls")),
    path("", include("reports.urls")),
    path("", include("sessions.urls")),
]

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"
