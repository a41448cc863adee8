"""All forms of a draft together: filled in at once, checked at once."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.forms import Form
from django.utils.translation import gettext as _

from reports.models import RuleSet
from reports.rule_book import rule_set_facts
from reports.rulebook.rule_sets.forms import COUNTED, HeadForm, RuleForm
from reports.rulebook.rule_sets.reading import SHARED, Line, categories_words, statements
from reports.rules.facts import RuleFacts, RuleSetFacts
from reports.rules.registry import FAMILY_LABELS, LOCKED_ITEMS, RULES
from reports.rules.validation import problems
from reports.rules.words import LEAVE_LABELS, WARN_LABELS
from units.models import Unit

Data = Mapping[str, Any] | None


class Editor:
    """A draft on its page. `data` is what was posted, None for a page just opened."""

    def __init__(self, rule_set: RuleSet, units: QuerySet[Unit], data: Data = None) -> None:
        self.rule_set = rule_set
        self._data = data
        self._facts = rule_set_facts(rule_set)
        self.head = HeadForm(data, rule_set=rule_set, facts=self._facts, units=units)
        rules = {rule.key: rule for rule in self._facts.rules}
        self.rules = {
            key: RuleForm(
                data,
                spec=spec,
                rule=rules.get(key, RuleFacts(key, enabled=False, severity=spec.severity)),
                year=self._facts.year,
            )
            for key, spec in RULES.items()
        }

    @property
    def families(self) -> list[tuple[str, list[RuleForm]]]:
        return [
            (label, [form for form in self.rules.values() if form.spec.family == family])
            for family, label in FAMILY_LABELS.items()
        ]

    @property
    def locked(self) -> list[str]:
        return list(LOCKED_ITEMS.values())

    @property
    def faults(self) -> int:
        """How many fields are wrong."""
        forms = (self.head, *self.rules.values())
        return sum(len(form.errors) for form in forms)

    def is_valid(self) -> bool:
        """Whether all that was posted can be kept; every fault stands at its field."""
        if self._data is None:
            return False
        valid = [form.is_valid() for form in (self.head, *self.rules.values())]
        self._refuse_locked(self._data)
        if not all(valid) or self.faults:
            return False
        for problem in problems(self.facts()):
            form: Form = self.rules.get(problem.rule) or self.head
            field = problem.field if problem.field in form.fields else None
            form.add_error(field, problem.message)
        return self.faults == 0

    def facts(self) -> RuleSetFacts:
        """The set as it was filled in; only of valid forms."""
        cleaned = self.head.cleaned_data
        return RuleSetFacts(
            year=self._facts.year,
            rules=tuple(form.written() for form in self.rules.values()),
            counted_statuses=COUNTED[cleaned["counted_statuses"]],
            leave_counts_as={kind: cleaned[f"leave_{kind}"] for kind in LEAVE_LABELS},
            warn_days={name: cleaned[f"warn_{name}"] for name in WARN_LABELS},
            **{name: cleaned[name] for name in SHARED},
        )

    def changes(self) -> dict[str, object]:
        """The columns of the set as they are stored."""
        facts, cleaned = self.facts(), self.head.cleaned_data
        return {
            "title": cleaned["title"],
            "effective_from": cleaned["effective_from"],
            "unit": cleaned["units"],
            "counted_statuses": sorted(facts.counted_statuses),
            "leave_counts_as": dict(facts.leave_counts_as),
            "warn_days": dict(facts.warn_days),
            **{name: cleaned[name] for name in SHARED},
        }

    def lines(self) -> dict[str, Line]:
        """What was filled in, as lines to compare with another version's."""
        cleaned = self.head.cleaned_data
        unit = cleaned["units"]
        whom = (
            _("仅 %s") % (getattr(unit, "short_name", None) or unit.code)
            if unit
            else categories_words(list(cleaned["categories"]))
        )
        head = {
            "title": Line(_("名称"), cleaned["title"]),
            "effective_from": Line(_("生效日期"), cleaned["effective_from"].isoformat()),
            "audience": Line(_("适用范围"), whom),
        }
        return head | statements(self.facts())

    def _refuse_locked(self, data: Mapping[str, Any]) -> None:
        """Nobody can make the form offer these; what is posted for them is refused all the same."""
        locked = dict(LOCKED_ITEMS)
        locked |= {key: spec.title for key, spec in RULES.items() if not spec.points_allowed}
        for key, title in locked.items():
            weights = (data.get(f"{key}-{name}") for name in ("points", "deduction", "enabled"))
            if key in LOCKED_ITEMS and any(weight not in {None, "", "0"} for weight in weights):
                self.head.add_error(
                    None,
                    _("“%s”按国家规定不得作为考核计分内容，没有保存；请去掉这一项。") % title,
                )
            elif key in RULES and data.get(f"{key}-points") not in {None, "", "0"}:
                self.rules[key].add_error(None, _("“%s”不得计分。") % title)
