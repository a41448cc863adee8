"""Adding, removing and moving rows on the plan's page before anything is stored."""

from collections.abc import Mapping
from typing import Any

from sessions.plans.forms import MAX_ROWS, PlanItemForm
from units.access.numbers import sent_number

PREFIX = "items"
ADDED_AT_ONCE = 5
FIELDS = tuple(PlanItemForm.base_fields)


def rows_in(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows as sent, unchecked."""
    total = min(sent_number(str(data.get(f"{PREFIX}-TOTAL_FORMS", ""))) or 0, MAX_ROWS)
    return [
        {name: str(data.get(f"{PREFIX}-{number}-{name}", "")) for name in FIELDS}
        for number in range(total)
    ]


def rearranged(
    rows: list[dict[str, str]], command: str, kept: Mapping[int, str]
) -> tuple[list[dict[str, str]], int]:
    """The rows after ``add``, ``up:3``, ``down:3`` or ``remove:3``, and the row to go on in.

    A row that must stay (``kept``, by id) is not removed; an unknown command changes nothing.
    """
    if command == "add":
        return rows + [{} for _ in range(min(ADDED_AT_ONCE, MAX_ROWS - len(rows)))], len(rows)
    verb, _, place = command.partition(":")
    at = sent_number(place)
    if at is None or at >= len(rows):
        return rows, 0
    moved = list(rows)
    row = moved.pop(at)
    if verb == "remove" and sent_number(row["pk"]) not in kept:
        return moved, max(at - 1, 0)
    to = {"up": max(at - 1, 0), "down": at + 1}.get(verb, at)
    moved.insert(to, row)
    return moved, min(to, len(moved) - 1)
