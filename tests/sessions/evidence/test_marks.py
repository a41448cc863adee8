"""The mark of a classified paper is found in what a file says, wherever it says it."""

import io

import pytest

from sessions.evidence.examining import examine
from tests.sessions.evidence.make import docx, pdf, xlsx

HEADER = (
    '<w:hdr xmlns:w="x"><w:p><w:r><w:t>机密</w:t></w:r><w:r><w:t>★10年</w:t></w:r></w:p></w:hdr>'
)
CORE = (
    "<c:coreProperties xmlns:c='a' xmlns:dc='b'><dc:title>密级：秘密</dc:title></c:coreProperties>"
)
SPLIT = "<w:p><w:r><w:t>机</w:t></w:r><w:r><w:t>密</w:t></w:r></w:p>"
DELETED = "<w:p><w:del><w:r><w:delText>秘密★5年</w:delText></w:r></w:del></w:p>"
MARKED = {
    "paragraph.docx": docx("000012", "机密★10年", "关于有关工作的通知"),
    "runs.docx": docx("x", body=SPLIT),
    "deleted.docx": docx("x", body=DELETED),
    "header.docx": docx("x", extra={"word/header1.xml": HEADER}),
    "properties.docx": docx("x", extra={"docProps/core.xml": CORE}),
    "cell.xlsx": xlsx("签到表", "秘密★1年"),
    "sheet.xlsx": xlsx("签到", title="机密"),
    "header.xlsx": xlsx("签到", header="机密★10年"),
    "packed.pdf": pdf("机密★10年"),
    "plain.pdf": pdf("密级：秘密", packed=False),
    "机密-方案.docx": docx("方案"),
}


@pytest.mark.parametrize("name", MARKED)
def test_the_mark_is_found(name):
    assert examine(io.BytesIO(MARKED[name]), name).mark


@pytest.mark.parametrize("build", [docx, xlsx, pdf])
def test_talk_about_secrecy_passes(build):
    text = "国家秘密的密级分为绝密、机密、秘密三级"
    assert examine(io.BytesIO(build(text)), f"保密法学习.{build.__name__}").mark == ""
