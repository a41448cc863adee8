"""Addresses of downloads."""

from django.urls import path

from reports.exports.views import unit_ledger_workbook

urlpatterns = [
    path("units/<str:code>/ledger/workbook/", unit_ledger_workbook, name="unit_ledger_workbook"),
]
