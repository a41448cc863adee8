"""A unit reads its own line of a draft and explains it; nobody else's."""

import datetime as dt

import pytest

from reports.circulars.basis import CircularError
from reports.circulars.explaining import explain, own_line
from reports.models import CircularEvent, CircularExplanation
from reports.sitins.services import Act
from reports.sitins.stale import StaleError
from tests.reports.circulars.make import NOW, make_circular, make_passage
from tests.reports.closings.make import make_study
from units.models import Unit

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


@pytest.fixture
def circular():
    return make_circular(make_study(), opened=True)


def units() -> list[Unit]:
    return list(Unit.objects.with_group().order_by("rank_order", "code"))


def say(circular, unit, text="当月防汛", version=0, today=TODAY):
    act = Act(None, NOW, version)
    return explain(circular=circular, unit=unit, text=text, today=today, act=act)


def test_the_line_is_the_units_row_of_the_attachment(circular):
    values = dict(own_line(circular, units()[1], NOW).values)
    assert values["单位"] == "QS002单位"
    assert values["累计集中学习(次)"] == "1"
    assert values["到会率"].endswith("%")


@pytest.mark.parametrize(
    ("naming", "chosen", "is_named", "text"),
    [
        ("none", (), False, ""),
        ("all", (), True, ""),
        ("some", (0,), True, "尤其是它。"),
        ("some", (1,), False, ""),
        ("some", (0, 1), True, ""),
    ],
)
def test_a_problem_tells_the_unit_what_concerns_it_alone(circular, naming, chosen, is_named, text):
    named = tuple(units()[place] for place in chosen)
    values = {"problem": "sessions", "naming": naming, "text": "尤其是它。", "title": ""}
    make_passage(circular, "problem", named, **values)
    (mention,) = own_line(circular, units()[0], NOW).problems
    assert (mention.title, mention.is_named, mention.text) == ("集中学习次数不足", is_named, text)
    assert "1月集中学习" in mention.words


def test_what_is_said_of_others_is_not_shown(circular):
    mine, other = units()
    make_passage(circular, "practice", (mine,), text="本单位的做法")
    make_passage(circular, "practice", (other,), text="别人的做法")
    make_passage(circular, "problem", (other,), problem="shallow", naming="some", title="")
    line = own_line(circular, mine, NOW)
    assert [each.text for each in line.practices] == ["本单位的做法"]
    assert "shallow" not in {each.title for each in line.problems}
    assert line.problems == []


def test_an_explanation_is_kept_changed_and_its_history_stays(circular):
    unit, version = units()[0], circular.version
    say(circular, unit)
    say(circular, unit, "当月防汛，已补开", version=1)
    stored = CircularExplanation.objects.get()
    assert (stored.text, stored.version) == ("当月防汛，已补开", 2)
    told = CircularEvent.objects.filter(kind="explain", unit=unit)
    assert [event.note for event in told] == ["当月防汛", "当月防汛，已补开"]
    circular.refresh_from_db()
    assert circular.version == version


@pytest.mark.parametrize("version", [0, 1])
def test_two_clerks_of_a_unit_are_told(circular, version):
    say(circular, units()[0])
    say(circular, units()[0], "更正", version=1)
    with pytest.raises(StaleError):
        say(circular, units()[0], "另一份", version=version)
    assert CircularExplanation.objects.get().text == "更正"


@pytest.mark.parametrize(
    ("status", "changes", "words"),
    [
        ("draft", {}, "没有开放说明"),
        ("draft", {"opened": True, "explain_by": TODAY - dt.timedelta(days=1)}, "期限已过"),
        ("issued", {"opened": True}, "已经印发"),
    ],
)
def test_too_early_and_too_late_are_told_so(status, changes, words):
    circular = make_circular(make_study(), status, **changes)
    with pytest.raises(CircularError, match=words):
        say(circular, units()[0])
    assert not CircularExplanation.objects.exists()
