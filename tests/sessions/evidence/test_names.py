"""Names as browsers, phones and attackers send them."""

import io

import pytest
from django.http import FileResponse

from sessions.evidence.names import split_name

RLO, NUL, ZWSP = "\u202e", "\0", "\u200b"
NAMES = [
    ("会议记录.docx", "会议记录.docx"),
    ("签 到 表 (1).xlsx", "签 到 表 (1).xlsx"),
    ("方案.PDF", "方案.pdf"),
    ("照片．ＪＰＧ", "照片．ＪＰＧ"),
    ("C:\\Users\\测\\桌面\\方案.pdf", "方案.pdf"),
    ("../../etc/passwd", "passwd"),
    ("..\\..\\boot.ini", "boot.ini"),
    ("/方案.pdf/", "方案.pdf"),
    ("a/../b.pdf", "b.pdf"),
    (f"方案{NUL}.pdf", "方案.pdf"),
    ("方\n案\r\t.pdf", "方案.pdf"),
    (f"方案{RLO}fdp.exe", "方案fdp.exe"),
    (f"方{ZWSP}案.pdf", "方案.pdf"),
    ("方案\ud800.pdf", "方案.pdf"),
    ("<img src=x onerror=alert(1)>.png", "_img src=x onerror=alert(1)_.png"),
    ('a";filename=evil.exe;".pdf', "a__filename=evil.exe__.pdf"),
    ("%2e%2e%2fa.pdf", "_2e_2e_2fa.pdf"),
    ("a|b?c*d.pdf", "a_b_c_d.pdf"),
    ("$(reboot).pdf", "_(reboot).pdf"),
    ("`id`.pdf", "_id_.pdf"),
    ("", "_"),
    (".", "_"),
    ("...", "_"),
    (".pdf", "pdf"),
    (".htaccess", "htaccess"),
    ("   .pdf", "pdf"),
    ("方案.pdf.exe", "方案.pdf.exe"),
    ("方案.pdf.", "方案.pdf"),
    ("方案.pdf ", "方案.pdf"),
    ("CON.pdf", "CON.pdf"),
    ("-rf.pdf", "-rf.pdf"),
    ("~$方案.docx", "~_方案.docx"),
    ("测·某某的发言.docx", "测·某某的发言.docx"),
    ("𠮷林调研.pdf", "𠮷林调研.pdf"),
    ("👍.png", "👍.png"),
    ("a.b.c.docx", "a.b.c.docx"),
    ("e\u0301.pdf", "\u00e9.pdf"),
    ("文件.xlsx::$DATA", "文件.xlsx___data"),
    ("=cmd()|' /C calc'!A0.xlsx", " C calc'!A0.xlsx".strip()),
    ("方案\u2028二.pdf", "方案 二.pdf"),
]


@pytest.mark.parametrize(("raw", "safe"), NAMES)
def test_a_name_is_made_safe(raw, safe):
    assert "".join(split_name(raw)) == safe


@pytest.mark.parametrize("raw", ["学" * 84 + ".pdf", "学" * 300 + ".pdf", "a" * 5000, "." * 999])
def test_a_name_fits_any_file_system(raw):
    stem, extension = split_name(raw)
    assert 0 < len(stem + extension) <= 120


@pytest.mark.parametrize("raw", [raw for raw, _ in NAMES])
def test_the_header_of_a_download_is_one_line(raw):
    response = FileResponse(io.BytesIO(), as_attachment=True, filename="".join(split_name(raw)))
    header = response["Content-Disposition"]
    assert header.startswith("attachment; filename")
    assert header.isascii()
    assert not {"\r", "\n", "\0"} & set(header)
