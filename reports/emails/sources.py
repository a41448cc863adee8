"""What the mails of a run about an open month are made from, read for a chunk of units at once."""

from collections.abc import Sequence

from reports.emails.items import Topics
from reports.emails.names import names_on
from reports.emails.unit_mail import UnitCase
from reports.gather import gather
from reports.models import MailRun
from reports.stored import StoredEvaluations
from reports.workbook.basis import rule_set_name
from sessions.models import Topic
from units.models import Unit


def topic_names(year: int) -> Topics:
    """The year's required topics by their id as results write it."""
    rows = Topic.objects.filter(required=True, due__year=year).values_list("id", "name")
    return {str(key): name for key, name in rows}


class Sources:
    """Evaluations, facts, rule sets, topics and names for some units of a run."""

    def __init__(self, run: MailRun, unit_ids: Sequence[int]) -> None:
        units = Unit.objects.filter(id__in=unit_ids)
        self._stored = StoredEvaluations(run.as_of, None, units)
        self._facts = {head.id: facts for head, facts in gather(units, run.as_of.year)}
        self._names = names_on(unit_ids, run.as_of)
        self._topics = topic_names(run.as_of.year)

    def case(self, unit_id: int) -> UnitCase:
        """One unit's case; LookupError if it was not evaluated for the run."""
        found = self._stored.of(unit_id)
        return UnitCase(
            name=self._names[unit_id].name,
            evaluation=found.evaluation,
            facts=self._facts[unit_id],
            context=found.rule_set.context,
            rule_set=rule_set_name(found.rule_set),
            topics=self._topics,
        )
