"""Single changes of a roster: what they write, and what they refuse."""

from datetime import date

import pytest

from tests.units.roster.make import DAY, entry_of, in_office, make_group, make_office, seen
from units.models import Person, RosterEntry
from units.roster import services
from units.roster.changing import RosterError, StaleRosterError

pytestmark = pytest.mark.django_db

BEFORE = date(2026, 2, 28)


def test_a_new_member_is_in_office_from_the_day_on():
    unit = make_group()
    services.add_entry(unit=unit, name="孙戊", distinction="", office=make_office(), **seen(unit))
    assert "孙戊" not in in_office(unit, BEFORE)
    assert "孙戊" in in_office(unit, DAY)


def test_somebody_who_comes_back_is_the_same_person():
    unit = make_group()
    services.end_term(entry=entry_of(unit, "王乙"), on=BEFORE, **seen(unit))
    services.add_entry(unit=unit, name="王乙", distinction="", office=make_office(), **seen(unit))
    assert Person.objects.get(unit=unit, name="王乙").entries.count() == 2


def test_a_namesake_is_another_person():
    unit = make_group()
    services.add_entry(
        unit=unit, name="王乙", distinction="1985年生", office=make_office(), **seen(unit)
    )
    assert Person.objects.filter(unit=unit, name="王乙").count() == 2


def test_the_day_a_term_ends_is_no_longer_part_of_it():
    unit = make_group()
    entry = entry_of(unit, "王乙")
    ended = services.end_term(entry=entry, on=DAY, document_no="青任〔2026〕3号", **seen(unit))
    assert "王乙" in in_office(unit, BEFORE)
    assert "王乙" not in in_office(unit, DAY)
    assert ended.note == "免职文号：青任〔2026〕3号"


def test_another_office_begins_where_the_old_one_ends():
    unit = make_group()
    entry = entry_of(unit, "王乙")
    services.change_office(entry=entry, office=make_office(role="deputy"), **seen(unit))
    terms = [(e.role, e.start_date, e.end_date) for e in entry.person.entries.order_by("pk")]
    assert terms == [("member", date(2024, 3, 1), DAY), ("deputy", DAY, None)]


def test_a_correction_leaves_one_entry():
    unit = make_group()
    entry = entry_of(unit, "王乙")
    services.correct_entry(entry=entry, office=make_office(post="镇长"), **seen(unit))
    entry.refresh_from_db()
    assert (entry.post, entry.start_date) == ("镇长", DAY)
    assert RosterEntry.objects.of_unit(unit).count() == 4


def test_what_never_was_goes_with_its_person():
    unit = make_group()
    services.remove_entry(entry=entry_of(unit, "王乙"), **seen(unit))
    assert not Person.objects.filter(unit=unit, name="王乙").exists()


@pytest.mark.parametrize(
    ("name", "act", "field"),
    [
        ("overlap", {"name": "王乙", "distinction": ""}, "start_date"),
        ("empty", {"name": "孙戊", "distinction": "", "end_date": DAY}, "end_date"),
    ],
)
def test_an_impossible_term_is_refused_and_nothing_written(name, act, field):
    unit = make_group()
    office = make_office(end_date=act.pop("end_date", None))
    with pytest.raises(RosterError) as refused:
        services.add_entry(unit=unit, office=office, **act, **seen(unit))
    assert refused.value.field == field
    assert RosterEntry.objects.count() == 4
    assert Person.objects.count() == 4


def test_two_people_cannot_be_told_apart_by_nothing():
    unit = make_group()
    person = Person.objects.get(unit=unit, name="陈丙")
    with pytest.raises(RosterError):
        services.name_person(person=person, name="王乙", distinction="", **seen(unit))
    services.name_person(person=person, name="王乙", distinction="1990年生", **seen(unit))
    person.refresh_from_db()
    assert (person.name, person.distinction) == ("王乙", "1990年生")


def test_whoever_looked_before_somebody_else_changed_it_is_told():
    unit = make_group()
    looked = seen(unit)
    services.end_term(entry=entry_of(unit, "陈丙"), on=DAY, **looked)
    with pytest.raises(StaleRosterError):
        services.end_term(entry=entry_of(unit, "王乙"), on=DAY, **looked)
    assert entry_of(unit, "王乙").end_date is None
