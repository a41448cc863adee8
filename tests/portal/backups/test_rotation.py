from datetime import UTC, datetime, timedelta

import pytest

from portal.backups.rotation import Kept, surplus

KEPT = Kept(days=7, weeks=5, months=12)
END = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)  # a Sunday


def nights(number: int, end: datetime = END) -> list[tuple[str, datetime]]:
    moments = [end - timedelta(days=back) for back in range(number)]
    return [(f"{moment:%Y%m%d}", moment) for moment in moments]


def staying(backups, kept=KEPT, **known) -> list[str]:
    gone = surplus(backups, kept, **known)
    return sorted(name for name, _moment in backups if name not in gone)


def test_a_year_of_nights_leaves_days_weeks_and_months():
    days = {f"202611{day}" for day in range(16, 23)}
    sundays = {"20261025", "20261101", "20261108", "20261115", "20261122"}
    firsts = [datetime(2026, month, 1, tzinfo=UTC) for month in range(1, 12)]
    month_ends = {f"{first - timedelta(days=1):%Y%m%d}" for first in firsts}
    assert staying(nights(400)) == sorted(days | sundays | month_ends)


@pytest.mark.parametrize(
    ("known", "kept_though_old"),
    [
        ({}, []),
        ({"proven": {"20261102"}}, ["20261102"]),
        ({"proven": {"20261102", "20261103"}}, ["20261103"]),
        ({"failed": {"20261120", "20261121", "20261122"}}, ["20261119"]),
    ],
)
def test_the_last_sound_and_the_last_proven_backup_stay(known, kept_though_old):
    left = staying(nights(30), Kept(days=1, weeks=1, months=1), **known)
    assert left == sorted({*kept_though_old, "20261122"})


def test_a_portal_that_was_off_for_a_season_loses_nothing_by_it():
    old = nights(7, END - timedelta(days=120))
    assert staying([*old[:3], ("20261122", END)]) == sorted([*(n for n, _ in old[:3]), "20261122"])


def test_everything_of_the_last_day_stays():
    hourly = [(f"{hour:02}", END - timedelta(hours=hour)) for hour in range(30)]
    assert "23" in staying(hourly, Kept(1, 1, 1))
    assert "25" not in staying(hourly, Kept(1, 1, 1))


def test_nothing_is_surplus_of_nothing():
    assert surplus([], KEPT) == []
