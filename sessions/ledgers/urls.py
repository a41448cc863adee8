"""Addresses of the import of ledgers."""

from django.urls import path

from sessions.ledgers import pages

urlpatterns = [
    path("ledger/import/", pages.own_ledger_import, name="own_ledger_import"),
    path("ledger/template/", pages.ledger_import_template, name="ledger_import_template"),
    path("units/<str:code>/ledger/import/", pages.ledger_import, name="ledger_import"),
    path("ledger/imports/<int:pk>/", pages.ledger_import_page, name="ledger_import_page"),
    path("ledger/imports/<int:pk>/check/", pages.ledger_import_check, name="ledger_import_check"),
    path("ledger/imports/<int:pk>/take/", pages.ledger_import_take, name="ledger_import_take"),
    path("ledger/imports/<int:pk>/drop/", pages.ledger_import_drop, name="ledger_import_drop"),
    path(
        "ledger/imports/<int:pk>/workbook/",
        pages.ledger_import_workbook,
        name="ledger_import_workbook",
    ),
]
