"""Whatever a cell holds, a reader reads it or says why not; it never breaks."""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from units.spreadsheets.dates import Context, month_of, read_span, years_in
from units.spreadsheets.names import read_names
from units.spreadsheets.numbers import read_count, read_half_day_count, read_half_days
from units.spreadsheets.problems import UnreadableError
from units.spreadsheets.texts import is_nothing, prose, title_forms

WORDS = st.text(
    alphabet="0123456789年月日号至-/.上下午全天共（）():：、 半一二十期两星", max_size=24
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=40),
    WORDS,
    st.dates(),
    st.datetimes(),
    st.times(),
)
READERS = {
    "span": lambda value: read_span(value, Context(2026, 3)),
    "count": read_count,
    "half-days": read_half_days,
    "half-day count": read_half_day_count,
    "names": read_names,
    "month": month_of,
    "nothing": is_nothing,
    "prose": prose,
    "title": title_forms,
    "years": lambda value: years_in(str(value)),
}


@pytest.mark.parametrize("reader", READERS)
@given(value=VALUES)
@example(value="9" * 400)
@example(value="9" * 400 + "天")
@example(value="3月5日（" + "9" * 400 + "天）")
@example(value="（" * 400)
@example(value="3人（" * 2000)
@example(value="²³")
def test_any_value_is_read_or_refused(reader, value):
    with contextlib.suppress(UnreadableError):
        READERS[reader](value)


@given(value=WORDS)
def test_a_span_is_never_back_to_front_nor_endless(value):
    with contextlib.suppress(UnreadableError):
        span = read_span(value, Context(2026, 3))
        assert span.start <= span.end
        assert span.half_days is None or 1 <= span.half_days <= 2 * (
            (span.end - span.start) / timedelta(1) + 1
        )
