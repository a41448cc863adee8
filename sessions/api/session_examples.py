"""A record as another system would push it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample

SESSION: dict[str, Any] = {
    "unit": "QS014",
    "theme": "学习《中国共产党纪律处分条例》",
    "date": "2026-03-12",
    "half_days": 1,
    "form": "discussion",
    "place": "青石县水利局三楼会议室",
    "chair": "局党组书记",
    "content": "集中学习条例总则和第一、二编，围绕工程招投标领域廉政风险研讨。",
    "problem_solved": "梳理廉政风险点 9 个，修订招投标内控制度。",
    "plan_item": 41,
    "topics": [7],
    "attendance": [
        {
            "member": 1203,
            "status": "leave",
            "leave_kind": "official_trip",
            "reason": "赴市参加防汛会商",
            "approver": "局党组书记",
        }
    ],
    "others": "present",
    "speeches": [
        {"member": 1201, "kind": "key", "title": "守住招投标的廉政底线"},
        {"member": 1204, "kind": "exchange"},
    ],
}
COUNTS = {"due": 5, "here": 4}
NEW_SESSION = OpenApiExample(
    "new_session",
    summary=_("一次集体研讨，一人因公出差，其余出席"),
    value=SESSION,
    request_only=True,
)
NEW_BATCH = OpenApiExample(
    "batch",
    summary=_("登记并报送"),
    value={
        "sessions": [{**SESSION, "counts": COUNTS}],
        "submit": True,
        "declared": True,
        "warnings_accepted": False,
    },
    request_only=True,
)
SUBMISSION = OpenApiExample(
    "submission",
    summary=_("核对人数后报送"),
    value={"declared": True, "counts": COUNTS, "warnings_accepted": False},
    request_only=True,
)
