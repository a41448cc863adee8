"""Addresses of held files."""

from django.urls import path

from sessions.holds import views

REQUEST = "held-files/<int:pk>/requests/<int:request_pk>/"
urlpatterns = [
    path("held-files/", views.held_file_list, name="held_file_list"),
    path("held-files/<int:pk>/", views.held_file, name="held_file"),
    path("held-files/<int:pk>/ask/", views.held_file_ask, name="held_file_ask"),
    path(f"{REQUEST}agree/", views.held_file_agree, name="held_file_agree"),
    path(f"{REQUEST}decline/", views.held_file_decline, name="held_file_decline"),
]
