"""Sessions, files and texts from which hints follow."""

import datetime as dt
from typing import Any

from django.utils import timezone

from reports.hints.search import search
from reports.models import Hint
from sessions.models import Evidence, StudySession
from tests.reports.records import make_session

TODAY = dt.date(2026, 6, 30)
NOW = dt.datetime(2026, 6, 30, 2, tzinfo=dt.UTC)
LINES = (
    "会议集体学习了全会公报，围绕因地制宜发展新质生产力进行研讨。",
    "主持人领学原文，三位同志结合分管工作作重点发言，谈了体会和打算。",
    "大家认为，要把学习成果转化为推动乡村振兴的实际举措，抓好粮食生产和防汛备汛。",
    "会议要求，各支部在月底前组织一次专题学习，办公室负责督促并汇总情况。",
    "最后，组长作了总结，对下一步学习提出三点要求。",
)
TEXT = "".join(LINES)


def find(**values: Any) -> list[Hint]:
    """What a search leaves on record, of one kind if asked for."""
    search(as_of=TODAY, at=NOW)
    return list(Hint.objects.filter(**values).order_by("key"))


def make_file(session: StudySession, sha256: str = "a" * 64, **values: Any) -> Evidence:
    held = {"kind": "minutes", "on": session.date, "name": "会议记录.docx", "checked": "clean"}
    return Evidence.objects.create(session=session, sha256=sha256, **held | values)


def make_many(unit: Any, number: int, *, typed: str = "2026-05-06", **values: Any) -> None:
    """Sessions on so many days, all typed in on one."""
    for day in range(1, number + 1):
        make_session(unit, f"2026-04-{day:02}", **values)
    moment = timezone.make_aware(dt.datetime.fromisoformat(f"{typed}T09:00:00"))
    StudySession.objects.filter(unit=unit).update(created_at=moment)
