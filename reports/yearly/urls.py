"""Addresses of what is worked out for reports."""

from django.urls import path

from reports.yearly import views

urlpatterns = [
    path("unit-reports/<int:pk>/figures/", views.unit_report_figures, name="unit_report_figures"),
    path(
        "unit-reports/<int:pk>/document/", views.unit_report_document, name="unit_report_document"
    ),
]
