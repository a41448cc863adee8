"""Two people wrote at the same record: both versions, field by field."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sessions.models import Attendance, PlanItem, StudySession, Topic
from sessions.pages.desk import desk_of
from sessions.pages.names import short_names
from sessions.recording.drafts import StaleError
from sessions.recording.imprint import changed_since, imprint
from sessions.recording.written import Mark, Written, differences
from units.access.requests import PortalRequest
from units.models import Person

CONFLICT = 409
NOT_CARRIED = {"csrfmiddlewaretoken", "version", "imprint", "then", "autosave", "members", "joint"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One field in both versions; ``name`` as ``differences`` gives it.

    ``prefers_mine``: I changed it since I opened the record. ``is_disputed``: so did they.
    """

    name: str
    label: str
    mine: str
    theirs: str
    prefers_mine: bool = True
    is_disputed: bool = False


def conflict_page(request: PortalRequest, mine: Written, stale: StaleError) -> HttpResponse:
    """Shows both; what was typed travels along until one version is chosen for each field."""
    if "autosave" in request.POST:
        message = _("他人已保存新的版本。点“保存草稿”对照两个版本，您填写的内容不会丢失。")
        return JsonResponse({"message": message}, status=CONFLICT)
    theirs = stale.stored
    opened = request.POST.get("imprint", "")
    by_me, by_them = changed_since(opened, mine), changed_since(opened, theirs)
    names = [name for name in differences(mine, theirs) if _is_choice(name, mine, theirs)]
    choices = [
        replace(
            field_choice(name, mine, theirs),
            prefers_mine=name in by_me,
            is_disputed=name in by_me & by_them,
        )
        for name in names
    ]
    now = desk_of(stale.session)
    context = {
        "desk": now,
        "session": stale.session,
        "choices": choices,
        "imprint": imprint(theirs),
        "carried": [
            (name, value)
            for name, values in request.POST.lists()
            if name not in NOT_CARRIED and not name.startswith("keep-")
            for value in values
        ],
    }
    return render(request, "sessions/conflict.html", context, status=CONFLICT)


def _is_choice(name: str, mine: Written, theirs: Written) -> bool:
    """Who is on the list follows from the date; only what is marked of them can be chosen."""
    if not name.startswith("mark-"):
        return True
    person = int(name[5:])
    return person in mine.marks and person in theirs.marks


def field_choice(name: str, mine: Written, theirs: Written) -> Choice:
    """One field in both versions, in words."""
    if name.startswith("mark-"):
        person = int(name[5:])
        label = Person.objects.values_list("name", flat=True).get(pk=person)
        return Choice(name, label, _mark(mine.marks[person]), _mark(theirs.marks[person]))
    return Choice(name, field_label(name), _text(name, mine), _text(name, theirs))


def field_label(name: str) -> str:
    """What a column, or the topics, are called on the page."""
    if name == "topics":
        return _("必学内容")
    return str(_column(name.removesuffix("_id")).verbose_name)


def _mark(mark: Mark) -> str:
    words = [str(Attendance.Status(mark.status).label)]
    if mark.leave_kind:
        words.append(str(Attendance.LeaveKind(mark.leave_kind).label))
    words += [mark.reason, mark.approver, *(str(kind.label) for kind in mark.kinds), mark.title]
    return "，".join(word for word in words if word)


def _text(name: str, written: Written) -> str:
    if name == "topics":
        return "、".join(Topic.objects.filter(pk__in=written.topics).values_list("name", flat=True))
    if name == "joint_units":
        return "、".join(short_names(written.joint_units, written.day).values())
    value: Any = written.facts[name]
    if name == "plan_item_id":
        return str(PlanItem.objects.filter(pk=value).first() or _("计划外学习"))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if name in ("date", "end_date"):
        return date_format(value, "Y年n月j日")
    choices: dict[Any, Any] = dict(_column(name).flatchoices)
    return str(choices.get(value, value))


def _column(name: str) -> Any:
    return StudySession._meta.get_field(name)
