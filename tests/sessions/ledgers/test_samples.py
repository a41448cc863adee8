"""The three sample ledgers come in with exactly the facts a reader finds in them."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from sessions.ledgers.words import absence_of, form_of
from sessions.models import Attendance, ReviewEvent, Speech, StudySession
from tests.units.imports.factories import make_unit
from units.models import RosterEntry

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED = json.loads((SAMPLES / "ledgers.expected.json").read_text())
PLACES = {"乡镇台账-白水镇.xlsx"}
GUESTS = {"部门台账-退役军人事务局.xlsx"}
COUNTED = (StudySession, Attendance, Speech, ReviewEvent, RosterEntry)


def take(name, tmp_path, *options):
    copy = tmp_path / name
    copy.write_bytes((SAMPLES / name).read_bytes())
    call_command("import_ledger", str(copy), "--unit", "QS001", *options)


def read_back(session, name):
    """The session in the words of the expected facts."""
    marks = list(session.attendance.select_related("member__person"))
    here = [mark for mark in marks if mark.status in Attendance.HERE]
    absent = [mark for mark in marks if mark.status not in Attendance.HERE]
    return {
        "date": session.date.isoformat(),
        "end": session.end_date.isoformat(),
        "half_days": session.half_days,
        "theme": session.theme,
        "form": session.form,
        "chair": session.chair,
        "speakers": sorted(speech.member.person.name for speech in session.speeches.all()),
        "due": len(marks),
        "present": len(here),
        "absent": sorted((m.member.person.name, m.status, m.leave_kind) for m in absent),
        "place": session.place if name in PLACES else None,
        "guests": session.guests if name in GUESTS else None,
    }


def expected(facts, name):
    return facts | {
        "form": form_of(facts["form"]),
        "speakers": sorted(facts["speakers"]),
        "absent": sorted((person, *absence_of(reason)) for person, reason in facts["absent"]),
        "place": facts["place"] if name in PLACES else None,
        "guests": facts["guests"] if name in GUESTS else None,
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_comes_in_with_exactly_its_facts(name, tmp_path):
    make_unit()
    take(name, tmp_path, "--with-roster")
    found = [read_back(session, name) for session in StudySession.objects.order_by("id")]
    assert found == [expected(facts, name) for facts in EXPECTED[name]["sessions"]]
    roster = RosterEntry.objects.order_by("rank_order").values_list("person__name", flat=True)
    assert list(roster) == EXPECTED[name]["members"]


def test_the_words_of_the_samples_mean_what_they_should():
    assert {form_of(word) for word in ("集体学习研讨", "读书班（2天）", "专题讲座")} == {
        "discussion",
        "reading_class",
        "lecture",
    }
    reasons = ("病假", "事假", "因公出差", "上级会议")
    assert [absence_of(word)[1] for word in reasons] == [
        "sick",
        "personal",
        "official_trip",
        "superior_meeting",
    ]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_second_import_adds_nothing(name, tmp_path):
    make_unit()
    take(name, tmp_path, "--with-roster")
    before = [model.objects.count() for model in COUNTED]
    take(name, tmp_path, "--with-roster")
    assert [model.objects.count() for model in COUNTED] == before


@pytest.mark.parametrize("name", EXPECTED)
def test_a_dry_run_writes_nothing(name, tmp_path):
    make_unit()
    take(name, tmp_path, "--with-roster", "--dry-run")
    assert [model.objects.count() for model in COUNTED] == [0] * len(COUNTED)
