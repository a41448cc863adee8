"""Every route of the portal, found by walking the addresses, never by a list."""

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


def walk(patterns: list[URLPattern | URLResolver] | None = None, space: str = "") -> Iterator[Any]:
    """The name (with namespace) and the view of each address; None for an unnamed one."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from walk(entry.url_patterns, inner)
        else:
            yield (f"{space}{entry.name}" if entry.name else None), entry.callback


def is_open(view: Any) -> bool:
    """Whether Django's own sign-in requirement lets everybody through to the view."""
    return not getattr(view, "login_required", True)
