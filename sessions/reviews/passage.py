"""What happened to one thing and what was said about it, in one query."""

import json
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, DateField, DateTimeField, F, TextField, Value
from django.db.models.functions import Cast

from accounts.models import User
from sessions.models import ReviewComment, ReviewEvent
from sessions.services import Reviewed

Row = tuple[Any, ...]
STEP, WORD = "s", "w"


def passage_of(about: Reviewed) -> tuple[list[ReviewEvent], list[ReviewComment]]:
    """Its steps, the latest first, and the comments on it, the first first."""
    nothing: Any = Value(None)
    who = ("by_id", "by__full_name")
    steps = about.events.order_by().values_list(
        Value(STEP), "pk", "at", *who, "in_unit", "kind", "reason",
        "on", "due", Cast("fields", TextField()), Cast(nothing, DateTimeField()),
    )  # fmt: skip
    words = about.comments.order_by().values_list(
        Value(WORD), "pk", "at", *who, Cast(F("in_unit"), BooleanField()), Value(""), "text",
        Cast(nothing, DateField()), Cast(nothing, DateField()), Value(""), "read_at",
    )  # fmt: skip
    rows = list(steps.union(words, all=True))
    events = [_event(row) for row in rows if row[0] == STEP]
    comments = [_comment(row) for row in rows if row[0] == WORD]
    events.sort(key=_day_and_id, reverse=True)
    return events, sorted(comments, key=_id)


def _event(row: Row) -> ReviewEvent:
    on: date = row[8]
    return ReviewEvent(
        pk=row[1],
        at=row[2],
        by=_person(row),
        in_unit=row[5],
        kind=row[6],
        reason=row[7],
        on=on,
        due=row[9],
        fields=json.loads(row[10]),
    )


def _comment(row: Row) -> ReviewComment:
    at: datetime = row[2]
    return ReviewComment(
        pk=row[1], at=at, by=_person(row), in_unit=row[5], text=row[7], read_at=row[11]
    )


def _person(row: Row) -> User | None:
    return User(pk=row[3], full_name=row[4]) if row[3] else None


def _day_and_id(event: ReviewEvent) -> tuple[date, int]:
    return event.on, event.pk


def _id(comment: ReviewComment) -> int:
    return comment.pk
