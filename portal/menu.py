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


@dataclass(frozen=True)
class Group:
    title: str
    entries: list[Entry] = field(default_factory=list)


def menu_for(policy: Policy, role: Assignment.Role, current_route: str) -> list[Group]:
    """Groups in the order of their first entry."""
    placed = sorted(
        (rule.menu.order, route, rule.menu)
        for (route, method), rule in policy.items()
        if method == "GET" and rule.menu is not None and role in rule.grants
    )
    groups: dict[str, Group] = {}
    for _, route, menu in placed:
        group = groups.setdefault(str(menu.group), Group(str(menu.group)))
        group.entries.append(Entry(menu, reverse(route), route == current_route))
    return list(groups.values())
