"""Bringing an old ledger in, page by page, without scripts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sessions.models import StudySession
from tests.portal.county import County, make_county
from tests.units.imports.factories import make_entry
from tests.units.spreadsheets.workbooks import make_workbook, values_of
from units.models import ImportUpload

pytestmark = pytest.mark.django_db

HEADER = ["学习时间", "学习主题", "学习形式", "应到", "实到"]
GOOD = ["2024-03-05", "学习宪法", "集中学习", 1, 1]
BAD = ["三月初", "学习党章", "集中学习", 1, 1]


@pytest.fixture
def county() -> County:
    made = make_county()
    for unit in (made.own, made.sister):
        make_entry(unit, "李甲")
    return made


def browser_of(county: County, who: str = "clerk") -> Client:
    browser = Client()
    browser.force_login(county[who])
    return browser


def upload(browser: Client, *rows: list[object], code: str = "QS001", **fields: str) -> str:
    """Sends the ledger; the address of its page, or "" if it was refused."""
    file = SimpleUploadedFile("台账.xlsx", make_workbook([HEADER, *rows]))
    answer = browser.post(f"/units/{code}/ledger/import/", {"file": file, **fields})
    return answer.headers.get("Location", "")


def test_wrong_cells_are_put_right_on_the_page_and_all_is_imported(county):
    browser = browser_of(county)
    address = upload(browser, GOOD, BAD)
    page = browser.get(address).content.decode()
    assert 'name="at.Sheet1!A3" value="三月初"' in page
    assert "不是能识别的日期" in page
    assert browser.post(f"{address}take/").status_code == 302
    assert not StudySession.objects.exists()
    browser.post(f"{address}check/", {"at.Sheet1!A3": "2024-03-12"})
    assert "没有发现问题" in browser.get(address).content.decode()
    browser.post(f"{address}take/")
    assert StudySession.objects.filter(unit=county.own, status="submitted").count() == 2
    assert "导入完成" in browser.get(address).content.decode()


def test_only_cells_that_were_wrong_can_be_changed(county):
    browser = browser_of(county)
    address = upload(browser, GOOD, BAD)
    browser.post(f"{address}check/", {"at.Sheet1!B2": "别的主题", "at.别的表!A1": "x"})
    assert ImportUpload.objects.get().edits == {}


def test_a_day_to_come_is_a_problem(county):
    browser = browser_of(county)
    page = browser.get(upload(browser, ["2099-03-05", *GOOD[1:]])).content.decode()
    assert "日期在今天" in page


def test_the_returned_workbook_can_be_sent_again(county):
    browser = browser_of(county)
    address = upload(browser, GOOD, BAD)
    answer = browser.get(f"{address}workbook/")
    rows = values_of(answer.getvalue())
    assert rows[0][-1] == "导入结果"
    rows[2][0] = "2024-03-12"
    again = SimpleUploadedFile("台账-导入结果.xlsx", make_workbook(rows))
    answer = browser.post("/units/QS001/ledger/import/", {"file": again})
    browser.post(f"{answer.headers['Location']}take/")
    assert StudySession.objects.count() == 2


def test_an_open_import_is_found_again_and_can_be_dropped(county):
    browser = browser_of(county)
    address = upload(browser, BAD)
    assert address in browser.get("/ledger/import/").content.decode()
    browser.post(f"{address}drop/")
    assert not ImportUpload.objects.exists()
    assert browser.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [("x.xlsx", b"<html>", "不是 Excel 工作簿"), ("x.xlsx", b"", "空")],
)
def test_what_is_no_workbook_is_refused_in_words(county, name, data, said):
    file = SimpleUploadedFile(name, data)
    answer = browser_of(county).post("/units/QS001/ledger/import/", {"file": file})
    assert answer.status_code == 400
    assert said in answer.content.decode()


def test_nobody_else_comes_near_it(county):
    address = upload(browser_of(county, "department_admin"), GOOD, code="QS002")
    for who, status in (("clerk", 404), ("auditor", 403), ("approver", 403)):
        assert browser_of(county, who).get(address).status_code == status
        assert browser_of(county, who).post(f"{address}take/").status_code == status
    assert not StudySession.objects.exists()


@pytest.mark.parametrize("many", [1, 300])
def test_a_page_of_problems_costs_as_much_with_many(county, many, django_assert_max_num_queries):
    browser = browser_of(county)
    address = upload(browser, *[BAD] * many)
    with django_assert_max_num_queries(12):
        page = browser.get(address)
    assert len(page.context["cells"]) == min(many, 200)
    assert page.context["more"] == max(0, many - 200)
