"""Addresses of study sessions."""

from django.urls import path

from sessions.pages import views
from sessions.pages.detail import session_detail
from sessions.pages.listing import session_list

urlpatterns = [
    path("sessions/", session_list, name="session_list"),
    path("sessions/new/", views.session_new, name="session_new"),
    path("sessions/<int:pk>/", session_detail, name="session_detail"),
    path("sessions/<int:pk>/edit/", views.session_edit, name="session_edit"),
    path("sessions/<int:pk>/withdraw/", views.session_withdraw, name="session_withdraw"),
    path("sessions/<int:pk>/delete/", views.session_delete, name="session_delete"),
]
