"""Policies that each differ from the declared one in a single point, as a slip would make them."""

from collections.abc import Iterator
from dataclasses import replace

from tests.portal.access.matrix import ACTORS, HELD_BACK
from units.access.roles import EVERY_ROLE, SUBTREE_ROLES, SYSTEM_ROLES, UNIT_ROLES, Role
from units.access.rules import Audience, Policy, Rule, Scope

# What was changed, the changed policy, and the actors for whom something must differ.
Mutant = tuple[str, Policy, tuple[str, ...]]


def widest(role: Role, others: set[Scope]) -> Scope:
    """The widest scope a slip could give the role on a route that gives others these scopes."""
    if others == {Scope.NONE}:
        return Scope.NONE
    if role in SYSTEM_ROLES and Scope.ACCOUNTS in others:
        return Scope.ACCOUNTS
    if role in SUBTREE_ROLES:
        return Scope.SUBTREE
    return Scope.OWN_UNIT if role in UNIT_ROLES else Scope.OWN_ITEMS


def flipped_roles(rule: Rule) -> Iterator[tuple[str, str, Rule]]:
    for role in sorted(EVERY_ROLE):
        grants = dict(rule.grants)
        if role in grants:
            del grants[role]
        else:
            grants[role] = widest(role, set(grants.values()))
        if grants:
            yield "flipped", role, replace(rule, grants=grants)


def moved_scopes(rule: Rule) -> Iterator[tuple[str, str, Rule]]:
    for role, scope in rule.grants.items():
        if scope is Scope.NONE:
            continue
        other = widest(role, set()) if scope is Scope.OWN_ITEMS else Scope.OWN_ITEMS
        if other is not scope:
            grants = {**rule.grants, role: other}
            yield f"given {other.value}", role, replace(rule, grants=grants)


def moved_audiences(rule: Rule) -> Iterator[tuple[str, Rule]]:
    for audience in set(Audience) - {rule.audience, Audience.ROLES}:
        yield f"open to {audience.value}", replace(rule, audience=audience, grants={})
    if rule.audience is not Audience.ROLES:
        clerks = {Role.CLERK: Scope.OWN_ITEMS}
        yield "clerks only", replace(rule, audience=Audience.ROLES, grants=clerks)


def mutants_of(policy: Policy, key: tuple[str, str]) -> Iterator[Mutant]:
    rule = policy[key]
    if rule.audience is Audience.ROLES:
        for what, role, mutated in (*flipped_roles(rule), *moved_scopes(rule)):
            yield f"{role} {what}", policy.replace(key, mutated), (role,)
    for what, mutated in moved_audiences(rule):
        yield what, policy.replace(key, mutated), ACTORS
    if rule.audience is not Audience.PUBLIC:
        turned = replace(rule, while_password_due=not rule.while_password_due)
        yield "password gate turned", policy.replace(key, turned), HELD_BACK
    without = Policy({other: policy[other] for other in policy if other != key})
    yield "undeclared", without, ACTORS
