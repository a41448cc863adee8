"""The periods of a plan: the months (2026-03) and quarters (2026-Q1) of its year."""

from django.utils.translation import gettext as _

QUARTERS = (1, 2, 3, 4)


def months_of(quarter: int) -> tuple[int, int, int]:
    return (3 * quarter - 2, 3 * quarter - 1, 3 * quarter)


def quarter_label(quarter: int) -> str:
    return (_("第一季度"), _("第二季度"), _("第三季度"), _("第四季度"))[quarter - 1]


def period_choices(year: int) -> list[tuple[str, str]]:
    months = [
        (f"{year}-{month:02d}", _("%(month)d月") % {"month": month}) for month in range(1, 13)
    ]
    return months + [(f"{year}-Q{quarter}", quarter_label(quarter)) for quarter in QUARTERS]


def period_label(period: str) -> str:
    """`2026-03` as 3月, `2026-Q1` as 第一季度."""
    return dict(period_choices(int(period[:4]))).get(period, period)


def quarter_of(period: str) -> int:
    """The quarter a month lies in, or a quarter is."""
    return int(period[6]) if period[5] == "Q" else (int(period[5:]) + 2) // 3


def last_month_of(period: str) -> tuple[int, int]:
    """Year and month in which the period ends."""
    year = int(period[:4])
    return (year, 3 * int(period[6])) if period[5] == "Q" else (year, int(period[5:]))


def moved_to_year(period: str, year: int) -> str:
    """The same month or quarter of another year."""
    return f"{year}{period[4:]}"
