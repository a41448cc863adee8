"""Addresses of the rules."""

from django.urls import path

from reports.rulebook.rule_sets import editing, publishing, views
from reports.rulebook.trials.views import rule_set_trial

urlpatterns = [
    path("rules/", views.rule_set_list, name="rule_set_list"),
    path("rules/new/", editing.rule_set_new, name="rule_set_new"),
    path("rules/<int:pk>/", views.rule_set_detail, name="rule_set_detail"),
    path("rules/<int:pk>/edit/", editing.rule_set_edit, name="rule_set_edit"),
    path("rules/<int:pk>/discard/", editing.rule_set_discard, name="rule_set_discard"),
    path("rules/<int:pk>/trial/", rule_set_trial, name="rule_set_trial"),
    path("rules/<int:pk>/publish/", publishing.rule_set_publish, name="rule_set_publish"),
]
