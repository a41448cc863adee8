"""The annual report of a township, a bureau and a research office, against their rows.

Each case names the facts of the real reports it covers, by the number under which the study of
the field lists them (the numbers of its table "seed facts").
"""

import datetime as dt
import re
from collections.abc import Callable
from io import BytesIO
from zoneinfo import ZoneInfo

import docx
import pytest
from django.db import transaction

from portal.sample.writer import load_sample_county
from reports.yearly.gathering import year_figures
from reports.yearly.paper import Written, report_paper
from reports.yearly.spans import Span
from tests.portal.sample.conftest import UNTIL, make_request
from tests.portal.sample.rows_of_year import RowsOfYear
from tests.services.papers import Line, lines_of, pages_of, printed_together, size_of
from units.models import Unit

pytestmark = pytest.mark.django_db

CATEGORIES = ("township", "bureau", "research_office")
# The smallest county that has a unit of each kind.
UNITS = 10
CREATED = dt.datetime(2026, 11, 3, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
TYPED = {
    "situation": "按照县委部署，原原本本学、联系实际学。",
    "practice": "重点发言人提前准备。",
    "problems": "工学矛盾仍存在。",
    "next_steps": "提前排定研讨专题，落实补学。",
}
DUTIES = ("中心组学习已纳入党建工作责任制。", "中心组学习已纳入意识形态工作责任制。")

HEADING = re.compile("[一二三四五]、|（[一二三四五]）")
Phrase = Callable[[RowsOfYear], str]


def first_of(category: str) -> Unit:
    named = Unit.objects.with_group().named(UNTIL).filter(category__code=category)
    return named.select_related("category").order_by("rank_order")[0]


def paper_of(unit: Unit) -> bytes:
    found = year_figures(unit, Span(2026, "annual"), today=UNTIL)
    assert found is not None
    written = Written(
        unit=found.figures.about.name,
        category=unit.category.code,
        year=2026,
        kind="annual",
        addressee="中共青石县委宣传部",
        opening="根据《关于报送年度学习情况的通知》要求，现将2026年理论学习中心组学习情况报告如下。",
        texts=TYPED,
        required=frozenset(TYPED),
        duties=DUTIES,
        signed_on=UNTIL,
    )
    return report_paper(found.figures, written, created=CREATED)


@pytest.fixture(scope="module")
def reports(django_db_setup, django_db_blocker):
    """By category: the rows counted, and the report's bytes."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_sample_county(make_request(units=UNITS))
        units = {category: first_of(category) for category in CATEGORIES}
        yield {
            category: (RowsOfYear(unit, UNTIL), paper_of(unit)) for category, unit in units.items()
        }
        transaction.set_rollback(True)


def text_of(data: bytes) -> str:
    return "\n".join(one.text for one in docx.Document(BytesIO(data)).paragraphs)


def sessions(rows: RowsOfYear) -> str:
    number = len(rows.sessions)
    return {
        "township": f"已组织集中学习{number}次",
        "bureau": f"组织集中学习{number}次",
        "research_office": f"共开展{number}次党组中心组理论学习",
    }[rows.unit.category.code]


def monthly(rows: RowsOfYear) -> str:
    assert rows.months == 10
    return "坚持每月安排不少于1次集中学习，10个月全部达到规定次数"


def everybody(rows: RowsOfYear) -> str:
    return f"{rows.key_speakers}名成员完成"


def level(name: str, word: str) -> Phrase:
    def phrase(rows: RowsOfYear) -> str:
        topics = rows.topics(name)
        joint = "、" if any("和" in topic for topic in topics) else "和"
        return f"{word}层面{len(topics)}项，为{joint.join(topics)}"

    return phrase


def groups(rows: RowsOfYear) -> str:
    found = rows.content_groups
    return f"学习内容涵盖{'、'.join(found)}等{len(found)}个方面"


def visits(rows: RowsOfYear) -> str:
    assert rows.form("field")
    return f"考察调研{rows.form('field')}次。坚持“请进来”"


def lecturers(rows: RowsOfYear) -> str:
    names = list(dict.fromkeys(one.lecturer for one in rows.sessions if one.lecturer))
    listed = "、".join(names[:-1]) + "和" * (len(names) > 1) + names[-1]
    return f"邀请{listed}辅导授课{rows.form('lecture')}次"


def remarks(rows: RowsOfYear) -> str:
    of_city = [one for one in rows.outcomes("leaders_remark") if one.level == "city"]
    high = sum(one.by_principal for one in of_city)
    assert high
    return f"得到市领导批示肯定{len(of_city)}次（其中主要领导{high}次）"


def dated(kind: str, words: str) -> Phrase:
    """An outcome with its day, author, carrier and conversion."""

    def phrase(rows: RowsOfYear) -> str:
        outcomes = rows.outcomes(kind)
        one = outcomes[0]
        level_word = {"city": "市级", "county": "县级", "province": "省级"}.get(one.level, "")
        said = (f"{one.date.month}月{one.date.day}日", level_word, one.authors, one.outlet,
                one.conversion)  # fmt: skip
        told = "，".join(part for part in said if part)
        return f"{words.format(len(outcomes))}：{one.title}（{told}）"

    return phrase


def converted(rows: RowsOfYear) -> str:
    kinds = ("research_topic", "leaders_remark", "internal_reference", "article", "award",
             "measure", "site_meeting", "external_result")  # fmt: skip
    return f"已转化运用{sum(bool(o.conversion) for k in kinds for o in rows.outcomes(k))}项"


def expanded(rows: RowsOfYear) -> str:
    return f"扩大参加人员{rows.guests('expanded')}人次"


def scopes(rows: RowsOfYear) -> str:
    wanted = (("section_heads", "扩大到科以上干部"), ("all_staff", "扩大到全体干部职工"))
    return "、".join(f"{word}{rows.scope(key)}次" for key, word in wanted if rows.scope(key))


def self_study(rows: RowsOfYear) -> str:
    assert rows.records("self_study")
    return f"自主开展个人自学{len(rows.records('self_study'))}人次"


def led(rows: RowsOfYear) -> str:
    person = rows.leader.person_id
    own = [one for one in rows.records("reflection") if one.person_id == person]
    return f"组长带头撰写心得体会{len(own)}篇"


def books(rows: RowsOfYear) -> str:
    named = any("《习近平谈治国理政》" in one.theme for one in rows.sessions)
    return "研读《习近平谈治国理政》第四卷" if named else "一、"


def adjacent(rows: RowsOfYear) -> str:
    return f"等相关活动{rows.adjacent}次" if rows.adjacent else "一、"


CASES: dict[str, Phrase] = {
    "11 12 集中学习次数": sessions,
    "13 14 每月次数": monthly,
    "15 天数": lambda rows: f"累计{rows.days}天",
    "16 到会率": lambda rows: f"到会率{rows.attendance_rate}",
    "16 参学率": lambda rows: f"参学率达到{rows.participation_rate}",
    "16 人次": lambda rows: f"实到{rows.present}人次",
    "17 每人重点发言": everybody,
    "17 重点发言": lambda rows: f"重点发言{rows.speeches('key')}人次",
    "18 书面发言材料": lambda rows: f"有{rows.speech_texts}次学习的书面发言材料已归档",
    "19 交流发言": lambda rows: f"交流发言{rows.speeches('exchange')}人次",
    "20 专题讲座": lambda rows: f"专题讲座{rows.form('lecture')}次",
    "21 考察调研": lambda rows: f"考察调研{rows.form('field')}次",
    "22 集体研讨": lambda rows: f"其中集体研讨{rows.discussions}次",
    "22 集体学习研讨": lambda rows: f"集体学习研讨{rows.form('discussion')}次",
    "23 26 28 中央": level("central", "中央"),
    "23 28 省": level("province", "省"),
    "23 28 市": level("city", "市"),
    "23 28 县": level("county", "县"),
    "24 27 内容类别": groups,
    "25 书目": books,
    "30 31 自学": self_study,
    "32 心得体会": lambda rows: f"心得体会{len(rows.records('reflection'))}篇",
    "34 35 扩大": scopes,
    "34 35 扩大人数": expanded,
    "36 39 相关活动": adjacent,
    "37 64 请进来": lecturers,
    "40 64 走出去": visits,
    "42 课题": lambda rows: f"开展课题研究{len(rows.outcomes('research_topic'))}项",
    "43 批示": remarks,
    "45 内参": dated("internal_reference", "报送内参{}篇"),
    "46 文章": dated("article", "发表理论文章{}篇"),
    "47 获奖": dated("award", "获奖{}项"),
    "48 外部考核": dated("external_result", "外部考核评价结果{}项"),
    "49 转化": converted,
    "50 转化举措": dated("measure", "形成转化举措{}项"),
    "50 现场会": dated("site_meeting", "召开现场会{}次"),
    "6 51 审定计划": lambda rows: f"由{rows.plan.approved_by}审定",
    "9 计划项目": lambda rows: f"已完成{rows.items_done}项",
    "51 组长主持": lambda rows: f"亲自主持集中学习{rows.chaired_by_leader}次",
    "52 带头": led,
    "53 54 责任制": lambda rows: "".join(DUTIES),
    "63 下一步打算": lambda rows: TYPED["next_steps"],
}


@pytest.mark.parametrize("category", CATEGORIES)
@pytest.mark.parametrize("case", CASES)
def test_the_report_says_what_the_rows_say(reports, category, case):
    rows, data = reports[category]
    assert CASES[case](rows) in text_of(data)


@pytest.mark.parametrize("category", CATEGORIES)
def test_nothing_is_left_masked_and_no_zero_is_told(reports, category):
    text = text_of(reports[category][1])
    assert "待填写：成果" not in text
    assert "xx" not in text
    for zero in ("批示肯定0次", "、0次", "，0次"):
        assert zero not in text


@pytest.fixture(scope="module")
def pdfs(reports, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    made = printed_together({f"{key}.docx": data for key, (_, data) in reports.items()}, folder)
    return {key: made[f"{key}.docx"] for key in reports}


def body_of(pdf, page: int) -> list[Line]:
    return lines_of(pdf, page)[:-1]


def full_width(text: str) -> bool:
    """Han characters, commas and full stops: what is exactly one character wide."""
    return all("\u4e00" <= sign <= "\u9fff" for sign in text.strip("，。、；"))


@pytest.mark.once  # it is the paper that is looked at
@pytest.mark.parametrize("category", CATEGORIES)
def test_full_pages_have_22_lines_of_28_characters(pdfs, category):
    pdf = pdfs[category]
    texts = ["".join(line.text for line in lines_of(pdf, page)) for page in range(pages_of(pdf))]
    last = next(page for page, text in enumerate(texts) if "特此报告。" in text)
    assert last >= 2
    edge = max(line.right for line in body_of(pdf, 1))
    for page in range(1, last):
        lines = body_of(pdf, page)
        # A heading stays with its text: it goes over to the next page rather than stand last.
        least = 21 if HEADING.match(texts[page + 1]) else 22
        assert least <= len(lines) <= 22
        whole = [line for line in lines if edge - line.right < 3 and full_width(line.text)]
        assert {len(line.text) for line in whole} <= {26, 28}
    assert len(body_of(pdf, 0)) == 21


@pytest.mark.once  # it is the paper that is looked at
@pytest.mark.parametrize("category", CATEGORIES)
def test_title_block_and_page_numbers(pdfs, category):
    pdf = pdfs[category]
    unit, title, addressee, *_ = body_of(pdf, 0)
    assert unit.text.startswith("中共青石县")
    assert title.text == "理论学习中心组2026年学习情况报告"
    assert addressee.text == "中共青石县委宣传部："
    width = size_of(pdf)[0] / 25.4 * 72
    for page in range(pages_of(pdf)):
        number = lines_of(pdf, page)[-1]
        assert number.text == f"—{page + 1}—"
        assert (number.left > width / 2) == (page % 2 == 0)
