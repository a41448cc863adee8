"""Addresses of study sessions."""

from django.urls import path

from sessions.pages import views
from sessions.pages.detail import session_detail
from sessions.pages.joint import session_joint_keep, session_joint_take
from sessions.pages.listing import session_list

urlpatterns = [
    path("sessions/", session_list, name="session_list"),
    path("sessions/new/", views.session_new, name="session_new"),
    path("sessions/<int:pk>/", session_detail, name="session_detail"),
    path("sessions/<int:pk>/edit/", views.session_edit, name="session_edit"),
    path("sessions/<int:pk>/withdraw/", views.session_withdraw, name="session_withdraw"),
    path("sessions/<int:pk>/joint/take/", session_joint_take, name="session_joint_take"),
    path("sessions/<int:pk>/joint/keep/", session_joint_keep, name="session_joint_keep"),
    path("sessions/<int:pk>/delete/", views.session_delete, name="session_delete"),
]
