"""Addresses of archives."""

from django.urls import path

from reports.archives import county_views, views

urlpatterns = [
    path("archive/", views.own_archive, name="own_archive"),
    path("archives/", county_views.archive_list, name="archive_list"),
    path("archives/ask/", county_views.archive_ask, name="archive_ask"),
    path("units/<str:code>/archive/", views.unit_archive, name="unit_archive"),
    path("units/<str:code>/archive/zip/", views.unit_archive_zip, name="unit_archive_zip"),
    path("sessions/<int:pk>/archive/", views.session_archive, name="session_archive"),
    path("sessions/<int:pk>/archive/zip/", views.session_archive_zip, name="session_archive_zip"),
]
