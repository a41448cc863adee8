"""Addresses of roles, units and the first start."""

from django.urls import include, path

from units import views
from units.setup.views import first_administrators

urlpatterns = [
    path("roles/", views.choose_role, name="choose_role"),
    path("roles/<int:pk>/", views.switch_role, name="switch_role"),
    path("units/", views.unit_list, name="unit_list"),
    path("units/<str:code>/", views.unit_detail, name="unit_detail"),
    path("", include("units.administration.urls")),
    path("", include("units.roster.urls")),
    path("", include("units.tokens.urls")),
    path("setup/<str:token>/", first_administrators, name="first_administrators"),
]
