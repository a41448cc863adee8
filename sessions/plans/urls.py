"""Addresses of the annual plans."""

from django.urls import path

from sessions.plans import attaching, editing, steps, views

urlpatterns = [
    path("plans/", views.plan_list, name="plan_list"),
    path("plans/new/", editing.plan_create, name="plan_create"),
    path("plans/<int:pk>/", views.plan_detail, name="plan_detail"),
    path("plans/<int:pk>/edit/", editing.plan_edit, name="plan_edit"),
    path("plans/<int:pk>/submit/", steps.plan_submit, name="plan_submit"),
    path("plans/<int:pk>/withdraw/", steps.plan_withdraw, name="plan_withdraw"),
    path("plans/<int:pk>/approval/", attaching.plan_approval, name="plan_approval"),
    path(
        "plans/<int:pk>/approval/<int:evidence_pk>/remove/",
        attaching.plan_approval_remove,
        name="plan_approval_remove",
    ),
    path("plans/items/<int:pk>/done/", steps.plan_item_mark, name="plan_item_mark"),
]
