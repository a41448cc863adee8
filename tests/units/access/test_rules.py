import pytest

from units.access.roles import Role
from units.access.rules import Audience, Policy, Rule, account, own_unit, subtree

SEE = {("unit_detail", "GET"): Rule("查看", own_unit(Role.CLERK))}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"grants": own_unit(Role.CLERK), "audience": Audience.ACCOUNT},
        {"grants": own_unit(Role.AUDITOR)},
        {"grants": subtree(Role.CLERK)},
        {"grants": subtree(Role.SYSTEM_ADMIN)},
    ],
)
def test_a_rule_that_means_nothing_is_refused(fields):
    with pytest.raises(ValueError, match="查看"):
        Rule("查看", **fields)


def test_a_route_is_declared_once():
    with pytest.raises(ValueError, match="twice"):
        Policy(SEE, {("unit_detail", "GET"): account("查看")})


def test_only_known_methods_are_declared():
    with pytest.raises(ValueError, match="OPTIONS"):
        Policy({("unit_detail", "OPTIONS"): account("查看")})
