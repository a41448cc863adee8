"""Addresses of sit-ins and findings."""

from django.urls import path

from reports.sitins import finding_views as findings
from reports.sitins import plan_views, views

urlpatterns = [
    path("sit-ins/", plan_views.sit_in_plan, name="sit_in_plan"),
    path("sit-ins/figures/", plan_views.sit_in_figures_page, name="sit_in_figures"),
    path("sit-ins/terms/", plan_views.sit_in_terms, name="sit_in_terms"),
    path("sit-ins/<int:pk>/", views.sit_in_detail, name="sit_in_detail"),
    path("sit-ins/<int:pk>/edit/", views.sit_in_edit, name="sit_in_edit"),
    path("sit-ins/<int:pk>/agree/", views.sit_in_agree, name="sit_in_agree"),
    path("sit-ins/<int:pk>/hold/", views.sit_in_hold, name="sit_in_hold"),
    path("sit-ins/<int:pk>/session/", views.sit_in_session, name="sit_in_session"),
    path("sit-ins/<int:pk>/feedback/", views.sit_in_feedback, name="sit_in_feedback"),
    path("sit-ins/<int:pk>/cancel/", views.sit_in_cancel, name="sit_in_cancel"),
    path("sit-ins/<int:pk>/sheet/", views.sit_in_sheet, name="sit_in_sheet"),
    path("findings/", findings.finding_list, name="finding_list"),
    path("findings/new/", findings.finding_new, name="finding_new"),
    path("findings/workbook/", findings.finding_workbook, name="finding_workbook"),
    path("findings/<int:pk>/", findings.finding_detail, name="finding_detail"),
    path("findings/<int:pk>/edit/", findings.finding_edit, name="finding_edit"),
    path("findings/<int:pk>/reply/", findings.finding_reply, name="finding_reply"),
    path("findings/<int:pk>/progress/", findings.finding_progress, name="finding_progress"),
    path("findings/<int:pk>/sign-off/", findings.finding_sign_off, name="finding_sign_off"),
    path("findings/<int:pk>/send-back/", findings.finding_send_back, name="finding_send_back"),
]
