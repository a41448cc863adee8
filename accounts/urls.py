"""Addresses of the own account."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("sign-out/everywhere/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("account/", views.profile, name="profile"),
    path("account/password/", views.password_change, name="password_change"),
    path("account/sign-ins/<int:pk>/end/", views.end_sign_in, name="end_sign_in"),
    path("links/<str:token>/password/", views.own_password, name="own_password"),
]
