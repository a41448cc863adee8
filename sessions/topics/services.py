"""Writing topics: added, changed, retired; sessions keep their links whatever happens."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from sessions.models import Topic
from units.models import Category

COLUMNS = ("name", "level", "content_group", "from_date", "due", "required")


class StaleTopicError(Exception):
    """Somebody else changed the topic since it was opened; `stored` is the row as it is now."""

    def __init__(self, stored: Topic) -> None:
        super().__init__(stored.pk)
        self.stored = stored


def facts(topic: Topic) -> dict[str, Any]:
    """What a person fills in, as the audit trail keeps it."""
    said = {name: getattr(topic, name) for name in COLUMNS}
    return said | {"categories": sorted(topic.categories.values_list("code", flat=True))}


def seal(topic: Topic) -> str:
    """Changes with every change of the row; a form carries it to notice that of somebody else."""
    return seal_of({"retired_on": topic.retired_on, **facts(topic)})


def seal_of(said: Mapping[str, Any]) -> str:
    """The seal of a topic that says this."""
    text = json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def add_topic(*, topic: Topic, categories: Iterable[Category]) -> tuple[Topic, bool]:
    """Writes a new row; a second click finds the first one's. Returns the row, and if it is new."""
    same = {name: getattr(topic, name) for name in COLUMNS}
    twin = Topic.objects.select_for_update().in_use().filter(**same).first()
    if twin is not None:
        return twin, False
    topic.save(force_insert=True)
    topic.categories.set(categories)
    return topic, True


@transaction.atomic
def change_topic(*, topic: Topic, categories: Iterable[Category], opened: str) -> dict[str, Any]:
    """Writes a changed row; `opened` is the seal it had when it was opened.

    Returns what the row was before. Raises StaleTopicError if somebody else changed it since.
    """
    stored = Topic.objects.select_for_update().get(pk=topic.pk)
    before = facts(stored)
    if seal(stored) != opened:
        raise StaleTopicError(stored)
    topic.save(update_fields=COLUMNS)
    topic.categories.set(categories)
    return before


def retire(*, topic: Topic, on: dt.date) -> bool:
    """From now on nobody owes the topic and none is offered it; False if it is retired already."""
    return Topic.objects.in_use().filter(pk=topic.pk).update(retired_on=on) == 1


def restore(*, topic: Topic) -> bool:
    """Takes a retirement back; False if the topic is in use."""
    retired = Topic.objects.filter(pk=topic.pk, retired_on__isnull=False)
    return retired.update(retired_on=None) == 1
