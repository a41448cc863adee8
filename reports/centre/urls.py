"""Addresses of the report centre."""

from django.urls import path

from reports.centre import views

urlpatterns = [
    path("exports/", views.export_list, name="export_list"),
    path("exports/ask/", views.export_ask, name="export_ask"),
    path("exports/<int:pk>/progress/", views.export_progress, name="export_progress"),
    path("exports/<int:pk>/cancel/", views.export_cancel, name="export_cancel"),
    path("exports/<int:pk>/file/", views.export_file, name="export_file"),
]
