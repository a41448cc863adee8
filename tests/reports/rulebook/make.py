"""Drafts, and the forms of a draft as a browser would post them."""

import datetime as dt
from typing import Any

from django.test import Client

from reports.models import RuleSet
from reports.rule_sets import create_default
from reports.rulebook.rule_sets.forms import RuleForm
from reports.rulebook.rule_sets.reading import SHARED
from reports.rules.defaults import default_rule_set
from reports.rules.registry import RULES
from tests.portal.county import County
from tests.reports.records import YEAR

START = dt.date(YEAR, 1, 1)


def make_draft(*, title: str = "考核规则", **values: Any) -> RuleSet:
    return create_default(year=YEAR, title=title, **values)


def posted(**changes: Any) -> dict[str, Any]:
    """All fields of a default draft that nobody has changed yet, some of them otherwise."""
    facts = default_rule_set(YEAR)
    body: dict[str, Any] = {
        "title": "考核规则", "effective_from": START, "whom": "all", "revision": 1,
        "counted_statuses": "both",
    }  # fmt: skip
    body |= {name: getattr(facts, name) for name in SHARED}
    body |= {f"leave_{kind}": worth for kind, worth in facts.leave_counts_as.items()}
    body |= {f"warn_{name}": days for name, days in facts.warn_days.items()}
    for rule in facts.rules:
        form = RuleForm(None, spec=RULES[rule.key], rule=rule, year=YEAR)
        body |= {f"{rule.key}-{name}": value for name, value in form.initial.items()}
        if not rule.enabled:
            del body[f"{rule.key}-enabled"]
    return body | changes


def browser_of(county: County, who: str = "department_admin") -> Client:
    browser = Client()
    browser.force_login(county[who])
    browser.get("/help/")  # which role somebody acts in is asked once
    return browser
