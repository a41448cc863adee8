import resource

import pytest

from tests.units.spreadsheets.bombs import HARMLESS, REFUSED
from tests.units.spreadsheets.workbooks import make_workbook
from units.spreadsheets import gate
from units.spreadsheets.reader import load, read_workbook
from units.spreadsheets.refusals import SENTENCES, sentence


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_files_are_refused_with_a_sentence(name):
    make, code = REFUSED[name]
    with pytest.raises(gate.RefusedError) as refused:
        read_workbook(make())
    assert refused.value.code == code
    assert sentence(refused.value).endswith("。")


@pytest.mark.parametrize("name", HARMLESS)
def test_odd_but_honest_files_are_read(name):
    assert [sheet.rows[1] for sheet in read_workbook(HARMLESS[name]())] == [[1]]


def test_every_reason_has_a_sentence():
    assert {code for _make, code in REFUSED.values()} <= set(SENTENCES)


def test_this_process_does_not_grow_with_what_the_child_reads():
    data = REFUSED["a long text in thousands of cells"][0]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(gate.RefusedError):
        read_workbook(data)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 50 * 1024


def test_a_large_file_is_not_read_into_memory(tmp_path):
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(3 * 1024**3)
    with pytest.raises(gate.RefusedError, match="too_big"):
        load(path)


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("IV", 256)])
def test_columns_are_counted_as_spreadsheets_do(letters, number):
    assert gate.column_number(letters) == number
    assert gate.column_letters(number) == letters


def test_the_container_check_unpacks_nothing():
    data = make_workbook([["a"]])
    gate.check_container(data)
    with pytest.raises(gate.RefusedError, match="bomb"):
        gate.check_container(REFUSED["65 MB unpacked"][0]())
