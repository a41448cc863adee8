"""A whole roster is replaced on one day."""

from datetime import date

import pytest

from tests.units.imports.factories import make_entry
from tests.units.roster.make import DAY, entry_of, in_office, make_group, seen
from units.models import Person, RosterEntry
from units.roster.changing import RosterError
from units.roster.reelection import Place, reelect

pytestmark = pytest.mark.django_db


def make_places(*names: str, role: str = "member") -> list[Place]:
    return [Place(name, "", "leader" if not n else role, "") for n, name in enumerate(names)]


def test_all_terms_end_and_the_new_list_begins_in_its_order():
    unit = make_group()
    places = make_places("王乙", "孙戊", "李甲")
    reelect(unit=unit, on=DAY, appointment_no="青任〔2026〕1号", places=places, **seen(unit))
    assert in_office(unit, date(2026, 2, 28)) == ["李甲", "王乙", "陈丙", "赵丁"]
    assert in_office(unit, DAY) == ["王乙", "孙戊", "李甲"]
    new = RosterEntry.objects.filter(start_date=DAY)
    assert set(new.values_list("appointment_no", flat=True)) == {"青任〔2026〕1号"}


def test_whoever_stays_is_the_same_person():
    unit = make_group()
    reelect(unit=unit, on=DAY, appointment_no="", places=make_places("王乙"), **seen(unit))
    assert Person.objects.get(unit=unit, name="王乙").entries.count() == 2
    assert Person.objects.filter(unit=unit).count() == 4


@pytest.mark.parametrize(("post", "portfolio"), [("副镇长", "分管农业"), ("镇长", "")])
def test_in_the_same_post_somebody_stays_in_charge_of_the_same(post, portfolio):
    unit = make_group()
    entry = entry_of(unit, "王乙")
    entry.post, entry.portfolio = "副镇长", "分管农业"
    entry.save()
    place = Place("王乙", "", "member", post)
    [new] = reelect(unit=unit, on=DAY, appointment_no="", places=[place], **seen(unit))
    assert new.portfolio == portfolio


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([], "新名单里没有成员。"),
        ([Place("王乙", "", "secretary", "")], "新名单里没有成员。"),
        (make_places("王乙", "王乙"), "王乙写了不止一次。同名的两人，请填写同名区分。"),
        (make_places("王乙", "孙戊", role="leader"), "组长只能有一位。"),
    ],
)
def test_an_odd_list_is_refused(places, said):
    unit = make_group()
    with pytest.raises(RosterError, match=said):
        reelect(unit=unit, on=DAY, appointment_no="", places=places, **seen(unit))
    assert RosterEntry.objects.filter(end_date=None).count() == 4


def test_a_term_that_begins_later_stands_in_the_way():
    unit = make_group()
    make_entry(unit, "孙戊", start=date(2026, 6, 1))
    with pytest.raises(RosterError, match="“孙戊”的任期从 2026-06-01 开始"):
        reelect(unit=unit, on=DAY, appointment_no="", places=make_places("王乙"), **seen(unit))
