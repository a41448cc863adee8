"""What a report says of the figures; the wording is that of real reports."""

from fractions import Fraction

import pytest

from reports.rules.results import Result
from reports.yearly import doings, situation
from reports.yearly.facts import (
    Achieved,
    PlanPaper,
    Problem,
    SessionMore,
    Spoken,
    Step,
    Written,
)
from reports.yearly.phrases import joined, listed, per_cent
from tests.reports.yearly.make import (
    make_about,
    make_asked,
    make_figures,
    make_member,
    make_session,
    month_result,
    on,
)


def said(tell, **changes) -> str:
    return "".join(tell(make_figures(**changes)))


@pytest.mark.parametrize(
    ("category", "body", "words"),
    [
        ("township", "committee", "党委中心组已组织集中学习2次，累计1天"),
        ("research_office", "leading_group", "共开展2次党组中心组理论学习，累计1天"),
        ("bureau", "leading_group", "党组中心组组织集中学习2次，学习时间累计1天"),
    ],
)
def test_each_type_of_unit_has_its_wording(category, body, words):
    assert words in said(situation.times, about=make_about(category=category, party_body=body))


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ((month_result(3), month_result(4)), "坚持每月安排不少于1次集中学习，2个月全部达到"),
        ((month_result(3), month_result(4, "missed", 0)), "有1个月达到规定次数，4月没有达到"),
        ((month_result(3),), "坚持每月安排不少于1次集中学习，3月达到规定次数。"),
        (
            (month_result(3, "missed", 0), month_result(4, "missed", 0)),
            "按照每月集中学习不能少于1次的要求，3月和4月没有达到规定次数。",
        ),
    ],
)
def test_the_monthly_minimum(results, words):
    assert words in said(situation.times, results=results)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "参学率达到100.00%，达到90%以上的要求。"),
        ({"rate": Fraction(95, 100), "measure": "到会率"}, "到会率没有达到95%以上的要求。"),
        ({"rate": None}, "参学率达到100.00%。"),
    ],
)
def test_both_rates_and_what_is_asked(asked, words):
    text = said(situation.times, asked=make_asked(**asked))
    assert "应到20人次，实到18人次，到会率90.00%" in text
    assert words in text


def test_days_asked_are_named():
    assert "（全年要求不少于12天）" in said(situation.times, asked=make_asked(year_days=12))


def test_without_sessions_the_report_says_so():
    text = said(situation.times, ledger=(), results=())
    assert text == "2026年上半年，党委中心组尚无计入统计的集中学习。"


def test_while_the_year_runs_the_report_says_until_when():
    about = make_about(kind="annual", last=on(12, 31), as_of=on(11, 22))
    assert said(situation.times, about=about).startswith("2026年1月1日至11月22日，")


def test_going_out_and_inviting_in():
    ledger = ((1, make_session(on(3), form="考察调研", place="水库工地")),)
    more = {1: SessionMore(teaching=1, lecturer="市委党校教师", scope="section_heads", expanded=9)}
    text = said(situation.forms, ledger=ledger, more=more, partners={1: ("统计局",)})
    assert "坚持“走出去”，深入水库工地考察调研1次。" in text
    assert "坚持“请进来”，邀请市委党校教师辅导授课1次。" in text
    assert "扩大到科以上干部1次，扩大参加人员9人次、外请授课人员1人次。" in text
    assert "与统计局开展联学1次。" in text


def test_partners_of_several_sessions_are_named_once():
    partners = {1: ("统计局", "财政局"), 2: ("统计局",)}
    assert "与统计局和财政局开展联学2次。" in said(situation.forms, partners=partners)


@pytest.mark.parametrize(
    ("met", "short", "free", "words"),
    [
        (1, 2, 0, "1名成员完成不少于1次重点发言，2名成员尚未完成。"),
        (0, 2, 0, "2名成员尚未完成不少于1次重点发言。"),
        (2, 0, 0, "每人都安排了不少于1次重点发言，共有2名成员完成。"),
        (2, 0, 1, "2名成员完成不少于1次重点发言。"),
        (0, 0, 1, ""),
    ],
)
def test_who_has_spoken(met, short, free, words):
    """`free` are those who are not asked to."""
    spoke = [1] * met + [0] * (short + free)
    members = tuple(
        make_member(str(rank), key_speeches=number) for rank, number in enumerate(spoke)
    )
    results = (Result("speeches_per_member", "2026", "missed", "advisory", short),)
    spoken = (Spoken(1, "赵一", "exchange", "交流"),)
    text = said(situation.speeches, members=members, results=results, speeches=spoken)
    assert text.partition("交流发言1人次。")[2].partition("成员撰写")[0] == words


def test_self_study_is_a_form_beside_the_sessions():
    text = said(situation.forms, records=(Written(1, "赵一", "self_study", on(4), "党章"),))
    assert "采取集中学习和个人自学相结合的方式组织学习" in text


@pytest.mark.parametrize("tell", [situation.forms, situation.contents, situation.speeches,
                                  doings.practice, doings.results, doings.problems])  # fmt: skip
def test_a_figure_of_zero_is_left_out(tell):
    text = said(tell, ledger=(), members=())
    assert "0次" not in text
    assert "0项" not in text


def remark(key: int, level: str, *, by_principal: bool) -> Achieved:
    return Achieved(key, "leaders_remark", on(5), "建议", "", level, "", "", by_principal)


def test_remarks_by_level_and_those_of_principal_leaders():
    outcomes = (
        remark(1, "city", by_principal=True),
        remark(2, "city", by_principal=False),
        remark(3, "county", by_principal=False),
    )
    text = said(doings.results, outcomes=outcomes)
    assert text == "得到市领导批示肯定2次（其中主要领导1次），得到县领导批示肯定1次。"


def test_an_outcome_is_told_with_day_level_carrier_and_conversion():
    one = Achieved(1, "article", on(5), "体会", "赵一", "city", "青石日报", "印发", False)
    text = said(doings.results, outcomes=(one,))
    assert text == (
        "发表理论文章1篇：体会（5月10日，市级，赵一，青石日报，印发）。以上成果中已转化运用1项。"
    )


def test_the_plan_and_the_leader():
    text = said(doings.practice, plan=PlanPaper(1, "《2026年学习计划》", "赵一", on(1)))
    assert "年初制定《2026年学习计划》，由赵一审定" in text
    assert "组长切实履行第一责任人责任，亲自主持集中学习2次。" in text


def test_what_was_returned_or_found_and_whether_it_was_put_right():
    steps = tuple(
        Step("session", 1, "党章", kind, on(4)) for kind in ("submit", "return", "submit")
    )
    problems = (Problem(1, on(4), "念稿。", on(5)), Problem(2, on(5), "缺签到表。", None))
    text = said(doings.problems, steps=steps, problems=problems)
    assert "报送的材料有1件被退回更正，已全部更正后重新报送。" in text
    assert "检查发现问题2个（念稿和缺签到表），已整改销号1个，其余正在整改。" in text


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["甲"], "甲"),
        (["甲", "乙", "甲"], "甲和乙"),
        (["甲", "乙", "丙"], "甲、乙和丙"),
        (["方针和决议", "乙"], "方针和决议、乙"),
        (list("甲乙丙丁戊己庚"), "甲、乙、丙、丁、戊、己等"),
    ],
)
def test_lists_of_names(names, words):
    assert listed(names) == words


def test_small_words():
    assert (per_cent(Fraction("0.925")), joined(["", ""])) == ("92.5%", "")
