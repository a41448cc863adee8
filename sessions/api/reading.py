"""From a body to what a clerk would have written on the page's form."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from rest_framework.exceptions import ValidationError

from sessions.api.references import References
from sessions.api.roll import Rolls, read_roll
from sessions.models import PlanItem, StudySession, Topic
from sessions.pages.choices import Choices, choices_of, units_beside
from sessions.pages.forms import GUESTS, Length, SessionForm
from sessions.recording.ground import Ground
from sessions.recording.written import COLUMNS, Written
from units.models import Unit
from units.rest.failures import flat
from units.rest.judged import errors_of

NAMES = {name: name.replace("_", ".", 1) for name in GUESTS} | {"length": "half_days"}
PLAIN = frozenset(COLUMNS) - {"plan_item_id", *GUESTS}


class Reader:
    """Reads the bodies of one request about one unit's records.

    ``references`` collects what they name and is not there; who has read the last body refuses it.
    """

    def __init__(self, unit: Unit, today: date, references: References) -> None:
        self.unit, self.today, self.references = unit, today, references
        self.ground = Ground(unit)
        self.rolls = Rolls(self.ground, references)
        self._beside: dict[date, dict[str, int]] = {}
        self._choices: dict[date, Choices] = {}

    def read(self, sent: Mapping[str, Any], stored: Written | None = None, at: str = "") -> Written:
        """What the record says once the body is applied to what is stored.

        ``at`` is the path of the body. Raises ValidationError with everything that the page's form
        finds in it; what is absent is left to ``references``.
        """
        data = _fresh() if stored is None else _stored(stored)
        data |= {name: sent[name] for name in PLAIN & sent.keys()}
        data |= {f"guests_{name}": value for name, value in (sent.get("guests") or {}).items()}
        data |= self._named(sent, at)
        day = _day(data.get("date")) or (stored.day if stored else self.today)
        if "joint_units" in sent:
            data["joint_units"] = self._units(sent["joint_units"], day, at)
        data |= _length(data, sent, stored)
        if day not in self._choices:
            self._choices[day] = choices_of(self.unit, day)
        form = SessionForm(data, unit=self.unit, day=day, choices=self._choices[day])
        marks, errors = read_roll(sent, self.rolls, day, stored.marks if stored else None, at)
        if not form.is_valid():
            errors |= errors_of(form, NAMES)
        if "date" in errors:  # nobody is due on no day
            errors.pop("attendance", None)
        if errors:
            raise ValidationError(errors)
        return form.written(marks)

    def read_single(self, sent: Mapping[str, Any], stored: Written | None = None) -> Written:
        """The same for a request with one body. Raises AbsentError first, then ValidationError."""
        try:
            written = self.read(sent, stored)
        except ValidationError as error:
            self.references.refuse_absent(flat(error.detail))
            raise
        self.references.refuse_absent()
        return written

    def _named(self, sent: Mapping[str, Any], at: str) -> dict[str, Any]:
        """The plan item and the topics by their ids, as far as they are there."""
        found: dict[str, Any] = {}
        if "plan_item" in sent:
            pk = sent["plan_item"]
            paths = {} if pk is None else {f"{at}plan_item": pk}
            items = self.references.find(PlanItem.objects.all(), paths)
            found["plan_item"] = pk if items else None
        if "topics" in sent:
            paths = {f"{at}topics.{place}": pk for place, pk in enumerate(sent["topics"])}
            topics = self.references.find(Topic.objects.all(), paths)
            found["topics"] = [paths[path] for path in topics]
        return found

    def _units(self, codes: list[str], day: date, at: str) -> list[int]:
        """Units studied with; none but those beside the own one is anybody's to name."""
        if day not in self._beside:
            beside = units_beside(self.unit, day).values_list("code", "pk")
            self._beside[day] = dict(beside)
        known = self._beside[day]
        for place, code in enumerate(codes):
            if code not in known:
                foreign = Unit.objects.filter(code=code).first()
                self.references.miss(f"{at}joint_units.{place}", foreign)
        return [known[code] for code in codes if code in known]


def _fresh() -> dict[str, Any]:
    return {"scope": StudySession.Scope.GROUP.value}


def _stored(written: Written) -> dict[str, Any]:
    return {
        **written.facts,
        "plan_item": written.facts["plan_item_id"],
        "topics": sorted(written.topics),
        "joint_units": sorted(written.joint_units),
    }


def _length(
    data: Mapping[str, Any], sent: Mapping[str, Any], stored: Written | None
) -> dict[str, Any]:
    """The form's choice of a length, and what must be typed in for several days.

    A record of one day that is moved stays one of one day.
    """
    day, end, half_days = (data.get(name) for name in ("date", "end_date", "half_days"))
    was_one_day = stored is not None and stored.facts["end_date"] == stored.day
    if was_one_day and "date" in sent and "end_date" not in sent:
        end = None
    if (end is None or str(end) == str(day)) and half_days in (None, 1, 2):
        length = Length.DAY if half_days == 2 else Length.HALF
        return {"length": length.value, "end_date": None, "half_days": None}
    return {"length": Length.DAYS.value, "end_date": end, "half_days": half_days}


def _day(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None
