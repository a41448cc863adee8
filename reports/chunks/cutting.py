"""Which units make up a chunk: whole subtrees where they fit, else neighbours in one subtree."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple


class Placed(NamedTuple):
    """A unit, its place in the official order, and its path."""

    position: int
    unit_id: int
    path: str


class Part(NamedTuple):
    """Units all of which lie below one path (or are the unit of that path)."""

    path: str
    units: Sequence[Placed]


def cut(units: Iterable[Placed], size: int) -> list[Part]:
    """Parts of at most `size` units that cover all of them, each unit once.

    A subtree is cut only where it does not fit into a part; small neighbours share one, so that
    no part but the last of its subtree is small for no reason. Where rows lie on several servers
    by county, a county's units thereby stay together.
    """
    rows = sorted(units, key=lambda unit: _codes(unit.path))
    return list(_cut(rows, 0, size))


def _codes(path: str) -> list[str]:
    return path.rstrip("/").split("/")


def _cut(rows: Sequence[Placed], depth: int, size: int) -> Iterator[Part]:
    """`rows` are in order of their codes and alike in the first `depth` of them."""
    kept: list[Placed] = []
    for _code, group in groupby(rows, key=lambda unit: _codes(unit.path)[depth : depth + 1]):
        subtree = list(group)
        if kept and len(kept) + len(subtree) > size:
            yield _part(kept, depth)
            kept = []
        if len(subtree) > size:
            yield from _cut(subtree, depth + 1, size)
        else:
            kept += subtree
    if kept:
        yield _part(kept, depth)


def _part(units: Sequence[Placed], depth: int) -> Part:
    """In official order; the path is the longest that all of them share."""
    shared = _codes(units[0].path)
    for unit in units[1:]:
        codes = _codes(unit.path)
        same = (one == other for one, other in zip(shared, codes, strict=False))
        shared = shared[: next((n for n, alike in enumerate(same) if not alike), len(codes))]
    return Part("".join(f"{code}/" for code in shared), sorted(units))
