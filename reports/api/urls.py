"""Addresses of evaluations, jobs, mails and the ledger in the API.

The ledger stands beside the list of sessions, whose words it takes.
"""

from django.urls import path

from reports.api.deliveries import DeliveryResource
from reports.api.evaluations import EvaluationResource
from reports.api.ledgers import LedgerCsvResource, LedgerXlsxResource
from reports.api.rollups import RollupFileResource, RollupResource

urlpatterns = [
    path("evaluations", EvaluationResource.as_view({"get": "list"}), name="api_evaluations"),
    path(
        "evaluations/<str:code>",
        EvaluationResource.as_view({"get": "retrieve"}),
        name="api_evaluation",
    ),
    path("rollups", RollupResource.as_view({"get": "list", "post": "create"}), name="api_rollups"),
    path(
        "rollups/<int:pk>",
        RollupResource.as_view({"get": "retrieve", "delete": "destroy"}),
        name="api_rollup",
    ),
    path(
        "rollups/<int:pk>/file",
        RollupFileResource.as_view({"get": "file"}),
        name="api_rollup_file",
    ),
    path("deliveries", DeliveryResource.as_view({"get": "list"}), name="api_deliveries"),
    path("deliveries/<int:pk>", DeliveryResource.as_view({"get": "retrieve"}), name="api_delivery"),
    path("sessions/export.csv", LedgerCsvResource.as_view({"get": "list"}), name="api_ledger_csv"),
    path(
        "sessions/export.xlsx", LedgerXlsxResource.as_view({"get": "list"}), name="api_ledger_xlsx"
    ),
]
