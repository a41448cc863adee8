"""The side navigation: what the policy lets the acting role open, and nothing else."""

from dataclasses import dataclass, field

from django.urls import reverse

from units.access.rules import Menu, Policy
from units.models import Assignment


@dataclass(frozen=True)
class Entry:
    menu: Menu
    address: str
    is_current: bool
    holds_current: bool = False
    """The page is one below this entry, such as an item of its list."""


@dataclass(frozen=True)
class Group:
    title: str
    entries: list[Entry] = field(default_factory=list)


def menu_for(
    policy: Policy, role: Assignment.Role, current_route: str, path: str = ""
) -> list[Group]:
    """Groups in the order of their first entry; `path` is the address of the page shown."""
    placed = sorted(
        (rule.menu.order, route, rule.menu)
        for (route, method), rule in policy.items()
        if method == "GET" and rule.menu is not None and role in rule.grants
    )
    routes = {route for _, route, _ in placed}
    addresses = [reverse(each) for each in routes]
    nearest = "" if current_route in routes else _nearest(addresses, path)
    groups: dict[str, Group] = {}
    for _, route, menu in placed:
        address = reverse(route)
        group = groups.setdefault(str(menu.group), Group(str(menu.group)))
        group.entries.append(Entry(menu, address, route == current_route, address == nearest))
    return list(groups.values())


def _nearest(addresses: list[str], path: str) -> str:
    """The entry a page stands under by its address; home holds no other page. Where none does, a
    page of a unit, /units/CODE/roster/…, stands under what the unit's own people open: /roster/.
    """
    above = [each for each in addresses if each != "/" and path.startswith(each)]
    if not above and path.startswith("/units/"):
        own = "/" + path.split("/", 3)[-1]
        above = [each for each in addresses if each != "/" and own.startswith(each)]
    return max(above, key=len, default="")
