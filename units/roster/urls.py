"""Addresses of the roster."""

from django.urls import path

from units.roster import editing, importing, reelecting, views

urlpatterns = [
    path("roster/", views.own_roster, name="own_roster"),
    path("roster/people/<int:pk>/", views.roster_person, name="roster_person"),
    path("roster/entries/<int:pk>/end/", editing.roster_end, name="roster_end"),
    path("roster/entries/<int:pk>/change/", editing.roster_change, name="roster_change"),
    path("roster/entries/<int:pk>/correct/", editing.roster_correct, name="roster_correct"),
    path("roster/entries/<int:pk>/remove/", editing.roster_remove, name="roster_remove"),
    path("units/<str:code>/roster/", views.roster, name="roster"),
    path("units/<str:code>/roster/add/", editing.roster_add, name="roster_add"),
    path("units/<str:code>/roster/reelect/", reelecting.roster_reelect, name="roster_reelect"),
    path("units/<str:code>/roster/import/", importing.roster_import, name="roster_import"),
    path("roster/template/", importing.roster_import_template, name="roster_import_template"),
    path("roster/imports/<int:pk>/", importing.roster_import_page, name="roster_import_page"),
    path(
        "roster/imports/<int:pk>/check/", importing.roster_import_check, name="roster_import_check"
    ),
    path("roster/imports/<int:pk>/take/", importing.roster_import_take, name="roster_import_take"),
    path("roster/imports/<int:pk>/drop/", importing.roster_import_drop, name="roster_import_drop"),
    path(
        "roster/imports/<int:pk>/workbook/",
        importing.roster_import_workbook,
        name="roster_import_workbook",
    ),
]
