"""Whether two releases say the same of the same records."""

from collections.abc import Iterator
from typing import Any


def unlike(old: Any, new: Any, where: str = "") -> Iterator[str]:
    """Where the newer answer contradicts the older one. What it tells besides is no contradiction:
    a field that older code did not know.
    """
    if isinstance(old, dict) and isinstance(new, dict):
        for key, value in old.items():
            here = f"{where}/{key}"
            yield from unlike(value, new[key], here) if key in new else (f"{here}: gone",)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from unlike(one, other, f"{where}/{place}")
    elif old != new:
        yield f"{where}: {_brief(old)} became {_brief(new)}"


def _brief(value: Any) -> str:
    return f"{len(value)} entries" if isinstance(value, (dict, list)) else repr(value)
