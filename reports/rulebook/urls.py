"""Addresses of the rules."""

from django.urls import path

from reports.rulebook.calendar import views as calendar
from reports.rulebook.calendar.complete_views import calendar_complete, calendar_incomplete
from reports.rulebook.rule_sets import editing, publishing, views
from reports.rulebook.trials.views import rule_set_trial
from reports.rulebook.waivers import views as waivers

urlpatterns = [
    path("rules/", views.rule_set_list, name="rule_set_list"),
    path("rules/new/", editing.rule_set_new, name="rule_set_new"),
    path("rules/<int:pk>/", views.rule_set_detail, name="rule_set_detail"),
    path("rules/<int:pk>/edit/", editing.rule_set_edit, name="rule_set_edit"),
    path("rules/<int:pk>/discard/", editing.rule_set_discard, name="rule_set_discard"),
    path("rules/<int:pk>/trial/", rule_set_trial, name="rule_set_trial"),
    path("rules/<int:pk>/publish/", publishing.rule_set_publish, name="rule_set_publish"),
    path("waivers/", waivers.waiver_list, name="waiver_list"),
    path("waivers/new/", waivers.waiver_new, name="waiver_new"),
    path("waivers/<int:pk>/revoke/", waivers.waiver_revoke, name="waiver_revoke"),
    path("calendar/", calendar.calendar_year, name="calendar_year"),
    path("calendar/<int:year>/complete/", calendar_complete, name="calendar_complete"),
    path("calendar/<int:year>/incomplete/", calendar_incomplete, name="calendar_incomplete"),
    path("calendar/<str:day>/", calendar.calendar_day, name="calendar_day"),
    path("calendar/<str:day>/clear/", calendar.calendar_day_clear, name="calendar_day_clear"),
]
