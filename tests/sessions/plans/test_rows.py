import pytest

from sessions.plans.rows import rearranged, rows_in

ROWS = [{"pk": str(pk), "topic": topic} for pk, topic in enumerate("甲乙丙", start=1)]


@pytest.mark.parametrize(
    ("command", "order", "focus"),
    [
        ("up:2", "甲丙乙", 1),
        ("up:0", "甲乙丙", 0),
        ("down:0", "乙甲丙", 1),
        ("down:2", "甲乙丙", 2),
        ("remove:1", "甲丙", 0),
        ("remove:0", "甲乙丙", 0),  # has to stay
        ("up:9", "甲乙丙", 0),
        ("sort:1", "甲乙丙", 1),
        ("", "甲乙丙", 0),
    ],
)
def test_rows_move_and_go(command, order, focus):
    rows, at = rearranged(ROWS, command, kept={1: "甲"})
    assert ("".join(row["topic"] for row in rows), at) == (order, focus)


def test_five_empty_rows_are_added_at_the_end():
    rows, focus = rearranged(ROWS, "add", kept={})
    assert (len(rows), focus) == (8, 3)
    assert len(rearranged(ROWS * 26, "add", kept={})[0]) == 80


@pytest.mark.parametrize("total", ["", "x", "-1", "²"])
def test_a_broken_number_of_rows_is_none(total):
    assert rows_in({"items-TOTAL_FORMS": total, "items-0-topic": "甲"}) == []
