"""The circular's sentences on its figures: what did not happen is not counted out as nought."""

import datetime as dt
from dataclasses import replace

import pytest

from reports.circulars.situation import Mended, Situation
from reports.circulars.wording import situation_sentences
from reports.models import Circular, Closing
from reports.rules.results import Figures

CIRCULAR = Circular(closing=Closing(as_of=dt.date(2026, 6, 30)))
NOTHING = Situation(
    units=2,
    standings={"behind": 2},
    figures=Figures(),
    plans={"未报送": 2},
    late=0,
    returned=0,
)
STUDY = Figures(sessions=3, discussions=1, half_days=7, due=34, excluded=2, present=29, made_up=2)


def said(**changes) -> str:
    return "\n".join(situation_sentences(replace(NOTHING, **changes), CIRCULAR))


def test_a_half_year_without_any_study():
    assert said().splitlines() == [
        "截至2026年6月30日，纳入统计的单位2个，其中未达标2个。",
        "尚无计入统计的集中学习。",
        "年度学习计划未报送的2个。",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "共开展集中学习3次，其中集体研讨1次，累计3.5天；应到34人次（其中2人次按规定不计入"
             "比率），实到29人次，到会率90.63%；已补学2人次，参学率96.88%，待补学1人次。"),
        ({"discussions": 0}, "共开展集中学习3次，没有开展集体研讨，累计3.5天；"),
        ({"made_up": 0, "present": 32}, "到会率100.00%；参学率100.00%。"),
        ({"excluded": 34, "present": 0}, "应到34人次（其中34人次按规定不计入比率），不计算到会率"),
        ({"due": 0, "excluded": 0}, "累计3.5天。"),
        ({"half_days": 288_001}, "累计144000.5天；"),
    ],
)  # fmt: skip
def test_how_often_and_how_many(changes, words):
    text = said(figures=STUDY._replace(**changes))
    assert words in text
    assert "、0" not in text
    assert "，0" not in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"late": 2}, "学习迟报2次。"),
        ({"late": 2, "returned": 1}, "学习迟报2次，退回待重报1次。"),
        ({"happened": {1: Mended(2, 1, 1, 0)}}, "退回学习、计划和报告2件，已更正重报1件；"
                                                "发现需整改的问题1个，尚未销号。"),
        ({"happened": {1: Mended(1, 0, 2, 2)}}, "退回学习、计划和报告1件，尚未更正重报；"
                                                "发现需整改的问题2个，已销号2个。"),
    ],
)  # fmt: skip
def test_what_was_late_sent_back_or_found(changes, words):
    assert said(**changes).splitlines()[-1] == words
