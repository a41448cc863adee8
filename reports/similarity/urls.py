"""The address of a report's likeness."""

from django.urls import path

from reports.similarity.views import unit_report_likeness

urlpatterns = [
    path("unit-reports/<int:pk>/likeness/", unit_report_likeness, name="unit_report_likeness"),
]
