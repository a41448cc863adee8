"""Nobody reads a key of ours where a word should stand."""

import re
from pathlib import Path

import pytest

from portal.trail import words

ROOT = Path(__file__).resolve().parents[3]
ROOMS = ("accounts", "units", "sessions", "reports", "portal")
# Options of the command line are called actions, too.
NO_ACTIONS = {"store_true", "append", "store"}


def actions_written() -> set[str]:
    sources = [path.read_text() for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return set(re.findall(r'action="([a-z_.]+)"', "".join(sources))) - NO_ACTIONS


def test_every_action_has_words():
    nameless = {each for each in actions_written() if words.action_words(each) == each}
    assert nameless == set()


@pytest.mark.parametrize(
    ("kind", "said"),
    [("accounts.user", "用户"), ("closing", "封账"), ("units.assignment", "角色任命"), ("x", "x")],
)
def test_objects_are_called_by_their_kind(kind, said):
    assert words.object_words(kind) == said


def test_fields_are_called_as_on_their_forms():
    assert words.field_words("accounts.user", "email") == "电子邮箱"
    assert words.field_words("gone.kind", "field") == "field"
