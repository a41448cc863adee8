import datetime as dt

import pytest

from sessions.models import UnitReport
from sessions.unit_reports.next_steps import proposes, sentences, taken

TEXT = """一是加强学习，每季度研讨一次。
（二）深入基层调研；邀请专家授课
（二）深入基层调研；
好。
"""


def test_each_sentence_or_line_is_offered_once_without_its_number():
    assert [(one.text, one.topic) for one in sentences(TEXT)] == [
        ("一是加强学习，每季度研讨一次。", "加强学习，每季度研讨一次"),
        ("（二）深入基层调研；", "深入基层调研"),
        ("邀请专家授课", "邀请专家授课"),
    ]


@pytest.mark.parametrize(
    ("topic", "content", "known"),
    [
        ("深入基层调研", "", True),
        ("别的", "（二）深入基层\n调研；", True),
        ("深入基层", "调研", False),
    ],
)
def test_a_plan_is_known_to_have_a_sentence(topic, content, known):
    sentence = sentences("（二）深入基层调研；")[0]
    assert taken(sentence, [(topic, content)]) is known


@pytest.mark.parametrize(
    ("year", "kind", "text", "offers"),
    [
        (2026, "annual", "加强学习", True),
        (2025, "annual", "加强学习", True),
        (2024, "annual", "加强学习", False),
        (2026, "half_year", "加强学习", False),
        (2026, "annual", " ", False),
    ],
)
def test_only_an_annual_report_of_late_offers_something(year, kind, text, offers):
    report = UnitReport(year=year, kind=kind, sections={"next_steps": text})
    assert proposes(report, dt.date(2026, 12, 1)) is offers
