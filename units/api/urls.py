"""Addresses of units and members in the API."""

from django.urls import path

from units.api.units import UnitResource

urlpatterns = [
    path("units", UnitResource.as_view({"get": "list"}), name="api_units"),
    path("units/<str:code>", UnitResource.as_view({"get": "retrieve"}), name="api_unit"),
]
