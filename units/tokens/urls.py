"""Addresses of the own API tokens."""

from django.urls import path

from units.tokens import views

urlpatterns = [
    path("account/tokens/", views.token_list, name="token_list"),
    path("account/roles/<int:pk>/tokens/new/", views.token_make, name="token_make"),
    path("account/tokens/<int:pk>/revoke/", views.token_revoke, name="token_revoke"),
]
