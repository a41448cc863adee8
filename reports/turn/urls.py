"""Addresses of the yearly turn."""

from django.urls import path

from reports.turn import own_views, views

urlpatterns = [
    path("turn/", views.turn, name="turn"),
    path("turn/units/", views.turn_units, name="turn_units"),
    path("turn/closings/", views.turn_closings, name="turn_closings"),
    path("turn/seal/", views.turn_seal, name="turn_seal"),
    path("turn/check-seals/", views.turn_check_seals, name="turn_check_seals"),
    path("turn/plans/", views.turn_plans, name="turn_plans"),
    path("turn/rule-sets/", views.turn_rule_sets, name="turn_rule_sets"),
    path("turn/confirm/", views.turn_confirm, name="turn_confirm"),
    path("turn/seals/<int:pk>/", views.archive_seal, name="archive_seal"),
    path("own-turn/", own_views.own_turn, name="own_turn"),
    path("own-turn/plan/", own_views.own_turn_plan, name="own_turn_plan"),
]
