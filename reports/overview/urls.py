"""Addresses of the overview."""

from django.urls import path

from reports.overview import views

urlpatterns = [
    path("overview/", views.overview, name="overview"),
    path("overview/trend/", views.overview_trend, name="overview_trend"),
    path("overview/print/", views.overview_print, name="overview_print"),
    path("overview/<str:code>/<str:rule>/<str:period>/", views.obligation, name="obligation"),
]
