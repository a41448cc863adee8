"""The default rule set: the national floor plus what most counties ask."""

from reports.rules.facts import RuleFacts, RuleSetFacts
from reports.rules.registry import RULES, default_params


def default_rule_set(year: int) -> RuleSetFacts:
    """Every rule in the registry's order with its defaults for the year; nothing is scored."""
    return RuleSetFacts(
        year=year,
        rules=tuple(
            RuleFacts(spec.key, spec.enabled, spec.severity, default_params(spec, year))
            for spec in RULES.values()
        ),
    )
