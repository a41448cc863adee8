"""Addresses of make-ups."""

from django.urls import path

from sessions.makeups import views

urlpatterns = [
    path("makeups/", views.makeup_list, name="makeup_list"),
    path("makeups/record/", views.makeup_record, name="makeup_record"),
    path("makeups/confirm/", views.makeup_confirm, name="makeup_confirm"),
    path("makeups/undo/", views.makeup_undo, name="makeup_undo"),
]
