"""What an item costs and why, in exact decimals."""

from decimal import Decimal
from fractions import Fraction

import pytest

from reports.assessments.scoring import (
    Grade,
    ItemScore,
    Line,
    Obligation,
    ScoredItem,
    adjusted,
    exact,
    grade_of,
    judged,
    measured,
    percent,
    places,
    plain,
    signed,
    total,
)

GRADES = [Grade("优秀", Decimal(90)), Grade("较好", Decimal(80)), Grade("一般", Decimal(60))]


def months(*outcomes: str) -> list[Obligation]:
    return [
        Obligation("monthly_sessions", f"2026-{month:02d}", outcome, f"{month}月")
        for month, outcome in enumerate(outcomes, start=1)
    ]


def item(points="4", deduction="0.5", cap=None) -> ScoredItem:
    return ScoredItem(Decimal(points), Decimal(deduction), Decimal(cap) if cap else None)


@pytest.mark.parametrize(
    ("scored", "outcomes", "score"),
    [
        (item(), ["met"] * 12, "4.00"),
        (item(), ["met_late", "met"], "4.00"),
        (item(), ["missed"], "3.50"),
        (item(), ["missed", "met", "missed"], "3.00"),
        (item(), ["missed"] * 8, "0.00"),
        (item(), ["missed"] * 12, "0.00"),  # six points asked of four: never below zero
        (item(cap="2"), ["missed"] * 12, "2.00"),
        (item(cap="2"), ["missed"] * 3, "2.50"),
        (item(), ["waived", "missed"], "3.50"),
        (item(), ["not_applicable", "met"], "4.00"),
        (item(), ["at_risk", "pending", "missed"], "3.50"),
        (item("0.3", "0.1"), ["missed"] * 3, "0.00"),  # floats would leave a rest
        (item("1", "0.33"), ["missed"] * 3, "0.01"),
    ],
)
def test_every_missed_obligation_costs_its_deduction(scored, outcomes, score):
    found = measured(scored, months(*outcomes))
    assert (str(found.score), found.possible) == (score, scored.points)
    assert found.deduction == scored.points - Decimal(score)


@pytest.mark.parametrize(
    ("obligations", "words"),
    [
        (None, "没有要求"),
        ([], "没有应完成的事项"),
        (months("not_applicable"), "没有应完成的事项"),
        (months("waived", "waived"), "均已豁免"),
        (months("waived", "not_applicable"), "已豁免（1 项）或不适用"),
    ],
)
def test_what_cannot_be_expected_leaves_the_total(obligations, words):
    found = measured(item(), obligations)
    assert (found.applies, found.score) == (False, None)
    assert words in found.lines[0].text
    assert total([found, judged(item("6"), Decimal(5))]) == (Decimal(6), Decimal(5), 0)


def test_the_reasons_name_the_obligations():
    found = measured(item("1"), months("met", "missed", "missed", "missed", "waived", "at_risk"))
    assert [f"{line.text} {signed(line.amount)}".strip() for line in found.lines] == [
        "2月未达标 −0.5",
        "3月未达标 −0.5",
        "4月未达标 −0.5",
        "合计应扣 1.5，本项最多扣 1",
        "5月已豁免，不扣分",
        "6月尚未办结，暂不扣分",
    ]
    assert found.lines[1][2:] == ("monthly_sessions", "2026-03")
    assert found.is_open


def test_judgement_is_taken_as_entered():
    assert judged(item(), Decimal("3.5"), "研讨不深").lines == (Line("研讨不深", Decimal("0.5")),)
    assert judged(item(), None) == ItemScore(Decimal(4), None)
    excused = judged(item(), None, "本年新组建", is_excused=True)
    assert (excused.applies, excused.lines[0].text) == (False, "不适用：本年新组建，不计入总分")


@pytest.mark.parametrize("score", ["-0.01", "4.01"])
def test_no_score_leaves_its_range(score):
    with pytest.raises(ValueError, match="0 到 4"):
        judged(item(), Decimal(score))
    with pytest.raises(ValueError, match="0 到 4"):
        adjusted(measured(item(), months("missed")), Decimal(score), "防汛")


def test_an_exception_keeps_what_was_worked_out():
    found = adjusted(measured(item(), months("missed")), Decimal(4), "防汛")
    assert (found.score, found.lines[0].text) == (Decimal("4.00"), "1月未达标")
    assert found.lines[-1].text == "例外：系统核算 3.5，改为 4。理由：防汛"
    with pytest.raises(ValueError, match="评分"):
        adjusted(measured(item(), None), Decimal(0), "防汛")


@pytest.mark.parametrize(
    ("possible", "score", "missing", "word"),
    [
        ("10", "9", 0, "优秀"),
        ("9", "8.1", 0, "优秀"),  # nine tenths exactly
        ("9", "8.09", 0, "较好"),
        ("10", "5.99", 0, ""),
        ("10", "10", 1, ""),  # not all is scored yet
        ("0", "0", 0, ""),
    ],
)
def test_grades_compare_exact_parts(possible, score, missing, word):
    parts = [ItemScore(Decimal(possible), Decimal(score))]
    parts += [ItemScore(Decimal("0.1"), None)] * missing
    assert grade_of(total(parts), GRADES) == word


def test_equal_rates_share_a_place_and_none_has_none():
    rates = [Fraction(9, 10), None, Fraction(18, 20), Fraction(1, 2)]
    assert places(rates) == [1, None, 1, 3]


def test_points_in_print():
    assert [plain(Decimal(each)) for each in ("0.50", "10.00", "0", "7.25")] == [
        "0.5", "10", "0", "7.25",
    ]  # fmt: skip
    assert exact(Decimal("0.125")) == Decimal("0.13")
    assert percent(total([ItemScore(Decimal(3), Decimal(2))])) == "66.67%"
    assert percent(total([])) == "—"
