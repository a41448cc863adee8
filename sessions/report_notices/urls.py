"""Addresses of the notices that ask for reports."""

from django.urls import path

from sessions.report_notices import views

urlpatterns = [
    path("report-notices/", views.report_notice_list, name="report_notice_list"),
    path("report-notices/new/", views.report_notice_new, name="report_notice_new"),
    path("report-notices/<int:pk>/", views.report_notice_detail, name="report_notice_detail"),
    path("report-notices/<int:pk>/edit/", views.report_notice_edit, name="report_notice_edit"),
    path(
        "report-notices/<int:pk>/withdraw/",
        views.report_notice_withdraw,
        name="report_notice_withdraw",
    ),
]
