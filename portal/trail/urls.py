"""Addresses of the audit trail."""

from django.urls import path

from portal.trail import views

urlpatterns = [
    path("trail/", views.trail_page, name="trail"),
    path("trail/export/", views.trail_export, name="trail_export"),
    path("trail/verify/", views.trail_verify, name="trail_verify"),
]
