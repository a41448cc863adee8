"""Addresses of the pages about mails."""

from django.urls import path

from reports.mailing import address_views, mail_views, run_views, schedule_views, server_views

_DRAFT = "mails/drafts/<str:run>/<str:period>/<str:code>/"

urlpatterns = [
    path("mails/", run_views.mail_runs, name="mail_runs"),
    path("mails/runs/<int:pk>/", run_views.mail_run, name="mail_run"),
    path("mails/runs/<int:pk>/hold/", run_views.mail_run_hold, name="mail_run_hold"),
    path("mails/runs/<int:pk>/release/", run_views.mail_run_release, name="mail_run_release"),
    path("mails/upcoming/", run_views.mail_upcoming, name="mail_upcoming"),
    path("mails/upcoming/send/", run_views.mail_plan, name="mail_plan"),
    path(_DRAFT, mail_views.mail_draft, name="mail_draft"),
    path(_DRAFT + "html/", mail_views.mail_draft_html, name="mail_draft_html"),
    path("mails/<int:pk>/", mail_views.mail_detail, name="mail_detail"),
    path("mails/<int:pk>/html/", mail_views.mail_html, name="mail_html"),
    path("mails/<int:pk>/hold/", mail_views.mail_hold, name="mail_hold"),
    path("mails/<int:pk>/release/", mail_views.mail_release, name="mail_release"),
    path("mails/<int:pk>/resend/", mail_views.mail_resend, name="mail_resend"),
    path("mails/schedule/", schedule_views.mail_schedule, name="mail_schedule"),
    path("mails/clock/", schedule_views.mail_clock, name="mail_clock"),
    path("mails/addresses/", address_views.mail_addresses, name="mail_addresses"),
    path("mails/addresses/<str:code>/", address_views.mail_address, name="mail_address"),
    path("mails/server/", server_views.mail_test, name="mail_test"),
]
