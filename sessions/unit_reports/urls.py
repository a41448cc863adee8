"""Addresses of the half-year and annual reports."""

from django.urls import path

from sessions.unit_reports import editing, proposing, steps, views

urlpatterns = [
    path("unit-reports/", views.unit_report_list, name="unit_report_list"),
    path("unit-reports/new/", editing.unit_report_create, name="unit_report_create"),
    path("unit-reports/<int:pk>/", views.unit_report_detail, name="unit_report_detail"),
    path("unit-reports/<int:pk>/edit/", editing.unit_report_edit, name="unit_report_edit"),
    path("unit-reports/<int:pk>/submit/", steps.unit_report_submit, name="unit_report_submit"),
    path(
        "unit-reports/<int:pk>/plan-items/",
        proposing.unit_report_plan_items,
        name="unit_report_plan_items",
    ),
    path(
        "unit-reports/<int:pk>/withdraw/", steps.unit_report_withdraw, name="unit_report_withdraw"
    ),
]
