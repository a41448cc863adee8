"""A believable county: most units do what they should, some are behind."""

from collections import Counter

import pytest

from portal.sample.fates import DECK
from portal.sample.writer import load_sample_county
from reports.evaluation import evaluate
from tests.portal.sample.conftest import UNTIL, make_request
from units.models import Unit


def test_the_deck_has_a_card_for_each_of_twenty():
    assert Counter(DECK) == {"E": 6, "S": 7, "L": 3, "B": 4}


@pytest.mark.once  # that standings are the same on each is asked of known answers
@pytest.mark.django_db
def test_standings_are_mixed_as_in_a_real_county():
    load_sample_county(make_request(units=120))
    standings = Counter(found.evaluation.standing for found in evaluate(Unit.objects.all(), UNTIL))
    assert sum(standings.values()) == 120
    assert 0.15 <= standings["behind"] / 120 <= 0.25
    assert 0.10 <= standings["attention"] / 120 <= 0.30
    assert standings["on_track"] >= 60
    assert standings["not_applicable"] >= 1
