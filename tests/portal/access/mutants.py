"""Policies that each differ from the declared one in a single point, as a slip would make them."""

from collections.abc import Iterator
from dataclasses import replace

from units.access.roles import EVERY_ROLE, SUBTREE_ROLES, UNIT_ROLES, Role
from units.access.rules import Audience, Policy, Rule, Scope

Mutant = tuple[str, Policy]


def widest(role: Role, others: set[Scope]) -> Scope:
    """The widest scope a slip could give the role on a route that gives others these scopes."""
    if others == {Scope.NONE}:
        return Scope.NONE
    if role in SUBTREE_ROLES:
        return Scope.SUBTREE
    return Scope.OWN_UNIT if role in UNIT_ROLES else Scope.OWN_ITEMS


def flipped_roles(rule: Rule) -> Iterator[tuple[str, Rule]]:
    for role in sorted(EVERY_ROLE):
        grants = dict(rule.grants)
        if role in grants:
            del grants[role]
        else:
            grants[role] = widest(role, set(grants.values()))
        if grants:
            yield f"flip {role}", replace(rule, grants=grants)


def moved_scopes(rule: Rule) -> Iterator[tuple[str, Rule]]:
    for role, scope in rule.grants.items():
        if scope is Scope.NONE:
            continue
        other = widest(role, set()) if scope is Scope.OWN_ITEMS else Scope.OWN_ITEMS
        if other is not scope:
            yield f"{role} {other.value}", replace(rule, grants={**rule.grants, role: other})


def moved_audiences(rule: Rule) -> Iterator[tuple[str, Rule]]:
    for audience in set(Audience) - {rule.audience, Audience.ROLES}:
        yield f"open to {audience.value}", replace(rule, audience=audience, grants={})
    if rule.audience is not Audience.ROLES:
        clerks = {Role.CLERK: Scope.OWN_ITEMS}
        yield "clerks only", replace(rule, audience=Audience.ROLES, grants=clerks)


def mutants_of(policy: Policy, key: tuple[str, str]) -> Iterator[Mutant]:
    rule = policy[key]
    if rule.audience is Audience.ROLES:
        for name, mutated in (*flipped_roles(rule), *moved_scopes(rule)):
            yield name, policy.replace(key, mutated)
    for name, mutated in moved_audiences(rule):
        yield name, policy.replace(key, mutated)
    if rule.audience is not Audience.PUBLIC:
        turned = replace(rule, while_password_due=not rule.while_password_due)
        yield "password gate turned", policy.replace(key, turned)
    yield "undeclared", Policy({other: policy[other] for other in policy if other != key})
