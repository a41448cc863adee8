"""Handing a Word file out."""

from io import BytesIO

from django.http import FileResponse

from units.workbooks import safe_name

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def document_response(data: bytes, name: str) -> FileResponse:
    """The .docx as a download under a name that is safe on every disk."""
    filename = safe_name(name, ".docx")
    return FileResponse(BytesIO(data), as_attachment=True, filename=filename, content_type=DOCX)
