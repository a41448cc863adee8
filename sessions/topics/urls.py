"""Addresses of topics."""

from django.urls import path

from sessions.topics import views

urlpatterns = [
    path("topics/", views.topic_list, name="topic_list"),
    path("topics/new/", views.topic_new, name="topic_new"),
    path("topics/<int:pk>/", views.topic_edit, name="topic_edit"),
    path("topics/<int:pk>/retire/", views.topic_retire, name="topic_retire"),
    path("topics/<int:pk>/restore/", views.topic_restore, name="topic_restore"),
]
