from hypothesis import given
from hypothesis import strategies as st

from reports.chunks.cutting import Placed, cut


def placed(*paths: str) -> list[Placed]:
    return [Placed(number, 100 + number, path) for number, path in enumerate(paths, start=1)]


def told(units: list[Placed], size: int) -> list[tuple[str, list[int]]]:
    return [(part.path, [unit.position for unit in part.units]) for part in cut(units, size)]


def test_a_small_county_is_one_part():
    assert told(placed("C/", "C/U1/", "C/U2/"), 3) == [("C/", [1, 2, 3])]


def test_counties_stay_whole_and_small_neighbours_share():
    units = placed("P/", "P/A/", "P/A/1/", "P/A/2/", "P/B/", "P/C/", "P/C/1/")
    assert told(units, 4) == [("P/", [1, 2, 3, 4]), ("P/", [5, 6, 7])]
    assert told(units, 3) == [("P/", [1]), ("P/A/", [2, 3, 4]), ("P/", [5, 6, 7])]


def test_a_large_county_is_cut_within():
    units = placed(*(f"P/A/{number}/" for number in range(5)), "P/B/")
    assert told(units, 2) == [("P/A/", [1, 2]), ("P/A/", [3, 4]), ("P/A/4/", [5]), ("P/B/", [6])]


def test_codes_that_begin_alike_are_no_subtree():
    assert told(placed("P/A/", "P/A/1/", "P/A-1/"), 2) == [("P/A/", [1, 2]), ("P/A-1/", [3])]


paths = st.lists(st.sampled_from("ABC"), min_size=1, max_size=4).map("/".join)


@given(st.sets(paths, max_size=60), st.integers(1, 9))
def test_every_unit_is_in_one_part_below_its_path(found, size):
    units = placed(*(f"{path}/" for path in sorted(found)))
    parts = cut(units, size)
    assert sorted(unit for part in parts for unit in part.units) == units
    for part in parts:
        assert 0 < len(part.units) <= size
        assert all(unit.path.startswith(part.path) for unit in part.units)
