from concurrent.futures import ThreadPoolExecutor

import pytest

from portal.embedded.bindings import Binding, Bindings


def test_processes_binding_at_once_lose_no_binding(tmp_path):
    rows = [Binding("", "", f"queue-{number}") for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda row: Bindings(tmp_path).add("news", row), rows))
    assert set(Bindings(tmp_path).table("news")) == set(rows)


def test_a_binding_is_kept_once_and_can_be_removed(tmp_path):
    bindings, row = Bindings(tmp_path), Binding("key", "^key$", "queue")
    bindings.add("news", row)
    bindings.add("news", row)
    assert bindings.table("news") == [row]
    bindings.remove("news", row)
    assert bindings.table("news") == []


@pytest.mark.parametrize("exchange", ["", "..", "../outside", "a/b"])
def test_no_exchange_name_leads_out_of_the_folder(tmp_path, exchange):
    bindings = Bindings(tmp_path / "bindings")
    bindings.add(exchange, Binding("", "", "queue"))
    assert {path.parent for path in tmp_path.rglob("*.json")} == {bindings.folder}
