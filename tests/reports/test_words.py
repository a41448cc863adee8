"""What the records store and what the rules speak are the same words."""

import pytest

from reports.models import Evaluation, Rule
from reports.rules import words
from sessions.models import Attendance, Evidence, Form, PersonalRecord, ReviewEvent, Speech, Status
from units.models import RosterEntry

PAIRS = [
    (Attendance.Status, words.ATTENDANCE_LABELS),
    (Attendance.LeaveKind, words.LEAVE_LABELS),
    (Evaluation.Standing, words.STANDING_LABELS),
    (Evidence.Kind, words.EVIDENCE_LABELS),
    (Form, words.FORM_LABELS),
    (RosterEntry.Role, words.ROLE_LABELS),
    (Rule.Severity, words.SEVERITY_LABELS),
    (Speech.Kind, words.SPEECH_LABELS),
    (Status, words.STATUS_LABELS),
]


@pytest.mark.parametrize(
    ("choices", "labels"), PAIRS, ids=lambda value: getattr(value, "__qualname__", "")
)
def test_the_same_words_with_the_same_labels(choices, labels):
    assert {choice.value: str(choice.label) for choice in choices} == labels


def test_every_leave_kind_counts_as_something():
    assert words.LEAVE_COUNTS_AS.keys() == set(Attendance.LeaveKind.values)


def test_every_step_that_moves_a_status_is_known_to_the_rules():
    assert words.STATUS_AFTER.keys() == set(ReviewEvent.Kind.values) - {ReviewEvent.Kind.APPROVE}


def test_the_quotas_speak_of_kinds_that_exist():
    assert words.RECORD_LABELS.keys() < set(PersonalRecord.Kind.values)
