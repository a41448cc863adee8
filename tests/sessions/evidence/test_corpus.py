"""Odd and hostile files: each refused with a sentence, or made harmless."""

import io
import re

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from sessions.evidence.examining import examine
from sessions.evidence.refusals import sentence
from tests.sessions.evidence.corpus import EICAR, field, refused, template_at
from tests.sessions.evidence.make import docx, image, pdf, xlsx
from units.spreadsheets.gate import RefusedError

CORPUS = list(refused())


def test_the_corpus_is_large():
    assert len(CORPUS) >= 40


@pytest.mark.parametrize(("name", "data", "code"), CORPUS, ids=[one[0] for one in CORPUS])
def test_a_bad_file_is_refused_with_a_sentence(name, data, code):
    with pytest.raises(RefusedError) as caught:
        examine(io.BytesIO(data), name)
    assert caught.value.code == code
    assert re.search("[\u4e00-\u9fff].*。$", sentence(caught.value))


GOOD = [
    ("会议记录.docx", docx("学习宪法", "讨论发言")),
    ("签到表.xlsx", xlsx("测甲", "测乙")),
    ("方案.pdf", pdf("学习方案")),
    ("方案二.PDF", pdf("学习方案", packed=False)),
    ("照片.jpg", image()),
    ("照片.JPEG", image(mode="L")),
    ("截图.png", image("PNG", mode="RGBA")),
    ("截图二.png", image("PNG", mode="P")),
]


@pytest.mark.parametrize(("name", "data"), GOOD, ids=[name for name, _ in GOOD])
def test_a_good_file_is_taken(name, data):
    found = examine(io.BytesIO(data), name)
    assert found.mark == ""
    assert found.name.lower() == name.lower()
    assert len(found.sha256) == 64


def test_a_link_to_click_is_no_danger():
    rels = (
        '<Relationships><Relationship Type="x/hyperlink" Target="http://www.example.cn/" '
        'TargetMode="External"/></Relationships>'
    )
    assert examine(io.BytesIO(docx("x", extra={"word/_rels/d.xml.rels": rels})), "a.docx")


@pytest.mark.parametrize(
    "address",
    [
        r"file:///C:\Users\a\Normal.dotm",
        "C:\\a.dotm",
        "Normal.dotm",
        "file:///home/a/n.dotx",
        "/a.dotx",
    ],
)
def test_a_template_on_its_own_machine_is_no_danger(address):
    assert examine(io.BytesIO(template_at(address)), "a.docx").mark == ""


def test_ordinary_fields_are_no_danger():
    body = field("PA", 'GE  \\* MERGEFORMAT" ') + field("TOC \\o 1-3") + field("QUOTE 2026 年")
    assert examine(io.BytesIO(docx("x", body=body)), "a.docx").mark == ""


def gps_jpeg() -> bytes:
    picture = Image.new("RGB", (60, 40), "red")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[2] = (31.0, 10.0, 5.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"<script>alert(1)</script>")
    return out.getvalue() + docx("x") + EICAR


def test_a_photo_keeps_nothing_but_its_pixels():
    dirty = gps_jpeg()
    assert b"<script>" in dirty
    clean = examine(io.BytesIO(dirty), "现场.jpg").data
    drawn = Image.open(io.BytesIO(clean))
    assert drawn.size == (40, 60)  # turned as the camera was held
    assert not drawn.getexif()
    assert "comment" not in drawn.info
    assert not any(word in clean for word in (b"script", b"PK\x03\x04", b"EICAR"))


def test_a_png_loses_its_texts():
    info = PngInfo()
    info.add_text("Comment", "<script>alert(1)</script>")
    clean = examine(io.BytesIO(image("PNG", pnginfo=info)), "截图.png").data
    assert b"script" not in clean


def test_the_same_photo_twice_is_the_same_file():
    assert (
        examine(io.BytesIO(image()), "甲.jpg").sha256
        == examine(io.BytesIO(image()), "乙.jpg").sha256
    )
