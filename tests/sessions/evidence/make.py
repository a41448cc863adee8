"""Sessions with evidence, and small files of every kind that is taken."""

import io
import zipfile
import zlib
from datetime import date
from pathlib import Path

from django.conf import settings
from openpyxl import Workbook
from PIL import Image

from sessions.models import Evidence, Form, Status, StudySession
from units.models import Unit

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
)


def make_session(unit: Unit, status: str = Status.RETURNED, **changes) -> StudySession:
    day = date(2026, 3, 4)
    values = {"date": day, "end_date": day, "form": Form.COLLECTIVE, "theme": "学习宪法"} | changes
    return StudySession.objects.create(unit=unit, status=status, **values)


def make_evidence(session: StudySession, data: bytes = b"%PDF-1.4", **changes) -> Evidence:
    """A piece with a file on disk, as if it had been uploaded."""
    values = {"kind": "minutes", "on": session.date, "name": "会议记录.pdf", "checked": "clean"}
    values |= {"file": f"evidence/2026/03/{session.pk}.pdf", "size": len(data)} | changes
    if values["file"]:
        path = Path(settings.MEDIA_ROOT) / str(values["file"])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return Evidence.objects.create(session=session, **values)


def zipped(members: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(*paragraphs: str, extra: dict[str, str | bytes] | None = None, body: str = "") -> bytes:
    text = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in paragraphs)
    document = f'<w:document xmlns:w="{W}"><w:body>{text}{body}</w:body></w:document>'
    members: dict[str, str | bytes] = {"[Content_Types].xml": TYPES, "word/document.xml": document}
    return zipped(members | (extra or {}))


def xlsx(*cells: str, title: str = "签到表", header: str = "") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    assert sheet.oddHeader is not None
    sheet.oddHeader.center.text = header
    for cell in cells:
        sheet.append([cell])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def pdf(
    text: str = "", *, catalog: bytes = b"", extra: tuple[bytes, ...] = (), packed: bool = True
) -> bytes:
    """One page that prints the text with a font whose codes are the characters' own."""
    shown = text.encode("utf-16-be").hex().encode()
    content = b"BT /F1 16 Tf 1 0 0 1 90 700 Tm <" + shown + b"> Tj ET"
    stream = zlib.compress(content) if packed else content
    filters = b"/Filter /FlateDecode " if packed else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< %s/Length %d >>\nstream\n%s\nendstream" % (filters, len(stream), stream),
        b"<< /Type /Font /Subtype /Type0 /Encoding /UniGB-UCS2-H >>",
        *extra,
    ]
    out = b"%PDF-1.4\n"
    for number, body in enumerate(objects, start=1):
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out + b"trailer\n<< /Root 1 0 R /Size %d >>\n%%%%EOF\n" % (len(objects) + 1)


def image(kind: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **save) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else None).save(out, kind, **save)
    return out.getvalue()
