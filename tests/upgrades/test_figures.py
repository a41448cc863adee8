import pytest

from tests.upgrades.figures import unlike

OLD = {"units": [{"unit": "QS001", "figures": {"due": 12}, "results": ["met", "missed"]}]}


def answer(**changes):
    return {"units": [{**OLD["units"][0], **changes}]}


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (OLD, []),
        (answer(note="new"), []),
        (answer(figures={"due": 13}), ["/units/0/figures/due: 12 became 13"]),
        (answer(figures={}), ["/units/0/figures/due: gone"]),
        (answer(results=["met"]), ["/units/0/results: 2 entries became 1 entries"]),
        (answer(results=["met", "met"]), ["/units/0/results/1: 'missed' became 'met'"]),
    ],
)
def test_only_contradictions_are_told(new, said):
    assert list(unlike(OLD, new)) == said
