"""Forms as LibreOffice prints them: on A4, whole, their heads on every page."""

from pathlib import Path

import pytest

from reports.documents.forms.blanks import BLANKS, Blank
from tests.reports.documents.papers import CREATED, GROUP, HARD, THEME, hard_roster
from tests.services.papers import lines_of, pages_of, printed, printed_together, size_of, text_of

HEADS = {
    "sign_in": "序号姓名职务签到出勤情况请假类别事由批准人补学情况备注",
    "makeups": "序号姓名职务学习时间学习主题缺勤情况补学期限补学日期补学方式本人签字确认人确认日期",
    "roster": "序号姓名职务中心组职务分管工作任职起任职止任免文号备注",
}
ACROSS = {"sign_in", "makeups", "plan", "roster", "findings"}


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("forms")
    made = printed_together({f"{key}.docx": make() for key, make in HARD.items()}, folder)
    return {key: made[f"{key}.docx"] for key in HARD}


@pytest.fixture(scope="module")
def blanks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    papers = {
        f"{blank.key}.{'xlsx' if blank.is_workbook else 'docx'}": blank.make(GROUP, CREATED)
        for blank in BLANKS
    }
    made = printed_together(papers, tmp_path_factory.mktemp("blanks"))
    return {Path(name).stem: pdf for name, pdf in made.items()}


@pytest.mark.parametrize("blank", BLANKS, ids=lambda blank: blank.key)
def test_a_blank_form_is_one_page_of_a4(blank: Blank, blanks: dict[str, Path]) -> None:
    pdf = blanks[blank.key]
    assert pages_of(pdf) == 1
    sides = [297, 210] if blank.key in ACROSS else [210, 297]
    assert [round(side) for side in size_of(pdf)] == sides


@pytest.mark.parametrize("key", HEADS)
def test_heads_stand_on_every_page_in_the_words_of_the_field(key: str, pdfs) -> None:
    pages = [lines_of(pdfs[key], page) for page in range(pages_of(pdfs[key]))]
    ruled = [lines for lines in pages if len(lines) > 2]  # the last may hold what is signed alone
    assert len(ruled) > 1
    assert all(HEADS[key] in [line.text for line in lines] for lines in ruled)


def test_the_plan_has_its_heads_and_every_line(pdfs) -> None:
    text = text_of(pdfs["plan"])
    for head in ("学习专题", "学习内容", "学习形式", "重点发言人"):
        assert text.count(head) == pages_of(pdfs["plan"])
    assert text.count("学习宪法") == 59
    assert "延期；因防" in text


@pytest.mark.parametrize("key", HARD)
def test_nothing_stands_outside_the_page(key: str, pdfs) -> None:
    for page in range(pages_of(pdfs[key])):
        width, height = (side / 25.4 * 72 for side in size_of(pdfs[key], page))
        lines = lines_of(pdfs[key], page)
        assert min(line.left for line in lines) > 50
        assert max(line.right for line in lines) < width - 45
        assert max(line.top for line in lines) < height - 15


@pytest.mark.parametrize("key", ["sign_in", "record", "leave", "makeups", "plan", "feedback"])
def test_a_theme_of_two_hundred_characters_is_whole(key: str, pdfs) -> None:
    assert THEME[-1] in text_of(pdfs[key])


def test_thirty_people_with_a_long_name_sign_on_two_pages(pdfs) -> None:
    text = text_of(pdfs["sign_in"])
    assert pages_of(pdfs["sign_in"]) <= 3
    assert "阿卜杜热西" in text
    assert "应到30人实到29人请假1人缺席0人" in text


def test_each_slip_stays_on_one_page(pdfs) -> None:
    for page in range(pages_of(pdfs["leave"])):
        lines = [line.text for line in lines_of(pdfs["leave"], page)]
        assert lines.count("请假单") == sum("补学情况" in line for line in lines) > 0


def test_the_roster_says_who_is_in_charge_of_what(pdfs) -> None:
    assert "协助抓招商引资" in text_of(pdfs["roster"])


def test_an_empty_roster_is_ruled_for_a_hand(tmp_path: Path) -> None:
    pdf = printed(hard_roster(people=0), tmp_path)
    assert pages_of(pdf) == 1
    assert "14" in [line.text for line in lines_of(pdf)]


@pytest.mark.parametrize("key", HARD)
def test_the_same_form_gives_the_same_bytes(key: str) -> None:
    assert HARD[key]() == HARD[key]()
