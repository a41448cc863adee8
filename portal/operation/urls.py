"""Addresses of the portal's condition."""

from django.urls import path

from portal.operation.metrics import metrics
from portal.operation.views import operation

urlpatterns = [
    path("operation/", operation, name="operation"),
    path("metrics", metrics, name="metrics"),
]
