"""Answers that are files: what a caller may ask for, and how the schema tells of them."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from drf_spectacular.types import OpenApiTypes
from rest_framework.renderers import BaseRenderer, JSONRenderer

from units.rest.problems import CONTENT_TYPE
from units.rest.schema import ProblemSerializer
from units.workbooks import XLSX

CSV: Final = "text/csv"


class XlsxRenderer(JSONRenderer):
    """Lets callers ask for a workbook; problems are told in JSON all the same."""

    media_type = XLSX
    format = "xlsx"


class CsvRenderer(JSONRenderer):
    """The same for a text with commas."""

    media_type = CSV
    format = "csv"


XLSX_RENDERERS: Final[Sequence[type[BaseRenderer]]] = (XlsxRenderer, JSONRenderer)
CSV_RENDERERS: Final[Sequence[type[BaseRenderer]]] = (CsvRenderer, JSONRenderer)


def file_of(media_type: str, *refusals: HTTPStatus) -> dict[Any, Any]:
    """The responses of an operation that sends a file."""
    told: dict[Any, Any] = {(HTTPStatus.OK, media_type): OpenApiTypes.BINARY}
    return told | {(status, CONTENT_TYPE): ProblemSerializer for status in refusals}
