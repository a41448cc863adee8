"""How a rule of the access policy is written down."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from units.access.roles import SUBTREE_ROLES, SYSTEM_ROLES, UNIT_ROLES, Role

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


class Scope(Enum):
    """Whose objects a role reaches through a route."""

    NONE = "none"  # the route is about no object
    OWN_ITEMS = "own_items"  # what belongs to the user personally
    OWN_UNIT = "own_unit"  # the assignment's unit, nothing below it
    SUBTREE = "subtree"  # the assignment's unit and everything below it
    ACCOUNTS = "accounts"  # accounts and roles at the assignment's unit and below, nothing else


class Audience(Enum):
    ROLES = "roles"  # whoever acts in one of the rule's roles
    ACCOUNT = "account"  # whoever is signed in, with or without a role
    PUBLIC = "public"  # everybody


@dataclass(frozen=True)
class Menu:
    """The place of a page in the side navigation of those who may open it."""

    group: "StrOrPromise"
    label: "StrOrPromise"
    icon: str
    order: int


@dataclass(frozen=True)
class Rule:
    """Who may do one thing, to whose objects, in which states, and how the trail calls it.

    ``title`` names the thing in the permission table. ``states`` are the statuses an object must
    have; empty means any. ``audit`` is the action each success writes to the trail; empty for
    reading that leaves no trace. ``while_password_due`` marks what stays open to somebody who
    must change the password first.
    """

    title: "StrOrPromise"
    grants: Mapping[Role, Scope] = field(default_factory=dict)
    audience: Audience = Audience.ROLES
    states: frozenset[str] = frozenset()
    audit: str = ""
    while_password_due: bool = False
    menu: Menu | None = None

    def __post_init__(self) -> None:
        if (self.audience is Audience.ROLES) != bool(self.grants):
            raise ValueError(f"{self.title}: name the roles, or an audience without roles")
        for role, scope in self.grants.items():
            if scope is Scope.SUBTREE and role not in SUBTREE_ROLES:
                raise ValueError(f"{self.title}: {role} has no units below it")
            if scope is Scope.OWN_UNIT and role not in UNIT_ROLES:
                raise ValueError(f"{self.title}: {role} has no unit of its own")
            if scope is Scope.ACCOUNTS and role not in SYSTEM_ROLES:
                raise ValueError(f"{self.title}: {role} administers no accounts")


def public(title: "StrOrPromise", audit: str = "") -> Rule:
    """Open to everybody, signed in or not."""
    return Rule(title, audience=Audience.PUBLIC, audit=audit, while_password_due=True)


def account(title: "StrOrPromise", audit: str = "", *, while_password_due: bool = False) -> Rule:
    """Open to every signed-in user, about nothing but their own account."""
    return Rule(
        title, audience=Audience.ACCOUNT, audit=audit, while_password_due=while_password_due
    )


def reaching(scope: Scope, roles: Iterable[Role]) -> dict[Role, Scope]:
    """The same scope for several roles; unite two of them with ``|``."""
    return dict.fromkeys(roles, scope)


def own_unit(*roles: Role) -> dict[Role, Scope]:
    return reaching(Scope.OWN_UNIT, roles)


def subtree(*roles: Role) -> dict[Role, Scope]:
    return reaching(Scope.SUBTREE, roles)


def own_items(*roles: Role) -> dict[Role, Scope]:
    return reaching(Scope.OWN_ITEMS, roles)


def accounts(*roles: Role) -> dict[Role, Scope]:
    return reaching(Scope.ACCOUNTS, roles)


def no_object(*roles: Role) -> dict[Role, Scope]:
    return reaching(Scope.NONE, roles)


def as_pages(title: "StrOrPromise", *rules: Rule, audit: str = "") -> Rule:
    """The same for programs: whoever may do it on the pages that ``rules`` are about, and to the
    same objects. Of two scopes that a role has on these pages the wider one counts.
    """
    grants: dict[Role, Scope] = {}
    for rule in rules:
        for role, scope in rule.grants.items():
            grants[role] = Scope.SUBTREE if Scope.SUBTREE in (scope, grants.get(role)) else scope
    return Rule(title, grants, audit=audit)


class Policy(Mapping[tuple[str, str], Rule]):
    """Every route and method the portal answers, and who may use it. What is absent is refused."""

    def __init__(self, *parts: Mapping[tuple[str, str], Rule]) -> None:
        self._rules: dict[tuple[str, str], Rule] = {}
        for part in parts:
            twice = self._rules.keys() & part.keys()
            wrong = {method for _, method in part} - set(METHODS)
            if twice or wrong:
                raise ValueError(f"declared twice or unknown: {sorted(twice) or sorted(wrong)}")
            self._rules.update(part)

    def __getitem__(self, key: tuple[str, str]) -> Rule:
        return self._rules[key]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._rules)

    def __len__(self) -> int:
        return len(self._rules)

    def routes(self) -> set[str]:
        return {name for name, _ in self._rules}

    def methods_of(self, route: str) -> list[str]:
        return [method for name, method in self._rules if name == route]

    def replace(self, key: tuple[str, str], rule: Rule) -> "Policy":
        """A policy that differs in one rule."""
        return Policy({**self._rules, key: rule})
