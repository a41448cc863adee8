"""Addresses of hints."""

from django.urls import path

from reports.hints import own_views, views

urlpatterns = [
    path("hints/", views.hint_list, name="hint_list"),
    path("hints/search/", views.hint_search, name="hint_search"),
    path("hints/<int:pk>/", views.hint_detail, name="hint"),
    path("hints/<int:pk>/dismiss/", views.hint_dismiss, name="hint_dismiss"),
    path("own-hints/", own_views.own_hint_list, name="own_hint_list"),
    path("own-hints/<int:pk>/", own_views.own_hint, name="own_hint"),
]
