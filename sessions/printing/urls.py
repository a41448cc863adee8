"""Addresses of papers to print."""

from django.urls import path

from sessions.printing import views

urlpatterns = [
    path("sign-in-sheet/", views.blank_sign_in_sheet, name="blank_sign_in_sheet"),
    path(
        "sessions/<int:pk>/sign-in-sheet/",
        views.session_sign_in_sheet,
        name="session_sign_in_sheet",
    ),
    path(
        "sessions/<int:pk>/record-sheet/", views.session_record_sheet, name="session_record_sheet"
    ),
]
