"""Addresses of closings."""

from django.urls import path

from reports.closings import views

urlpatterns = [
    path("closings/", views.closing_list, name="closing_list"),
    path("closings/preview/", views.closing_preview, name="closing_preview"),
    path("closings/close/", views.month_close, name="month_close"),
    path("closings/<int:pk>/", views.closing_detail, name="closing_detail"),
    path("closings/<int:pk>/changes/", views.closing_changes, name="closing_changes"),
    path("closings/<int:pk>/reopening/", views.reopening_ask, name="reopening_ask"),
    path(
        "closings/<int:pk>/reopening/<int:reopening_pk>/confirm/",
        views.reopening_confirm,
        name="reopening_confirm",
    ),
    path(
        "closings/<int:pk>/reopening/<int:reopening_pk>/decline/",
        views.reopening_decline,
        name="reopening_decline",
    ),
]
