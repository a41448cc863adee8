"""Addresses of units and members in the API."""

from django.urls import path

from units.api.members import MemberResource
from units.api.units import UnitResource

UNITS = [
    path("units", UnitResource.as_view({"get": "list", "post": "create"}), name="api_units"),
    path(
        "units/<str:code>",
        UnitResource.as_view({"get": "retrieve", "patch": "partial_update"}),
        name="api_unit",
    ),
]
MEMBERS = [
    path("members", MemberResource.as_view({"get": "list", "post": "create"}), name="api_members"),
    path(
        "members/<int:pk>",
        MemberResource.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="api_member",
    ),
    path("members/<int:pk>/end", MemberResource.as_view({"post": "end"}), name="api_member_end"),
    path(
        "members/<int:pk>/change-office",
        MemberResource.as_view({"post": "change_office"}),
        name="api_member_change_office",
    ),
]

urlpatterns = [*UNITS, *MEMBERS]
