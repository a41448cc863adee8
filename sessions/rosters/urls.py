"""Addresses of records against the roster."""

from django.urls import path

from sessions.rosters.views import session_reconfirm

urlpatterns = [
    path("units/<str:code>/reconfirm/", session_reconfirm, name="session_reconfirm"),
]
