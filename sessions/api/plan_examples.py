"""A plan as another system would push it."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample

NEW_PLAN = OpenApiExample(
    "new_plan",
    summary=_("一份年度计划，先写两项"),
    value={
        "unit": "QS014",
        "year": 2026,
        "title": "青石县水利局党组理论学习中心组2026年学习计划",
        "basis": "中国共产党党委（党组）理论学习中心组学习规则；县委2026年学习安排。",
        "approved_by": "局党组书记",
        "approved_on": "2026-01-20",
        "items": [
            {
                "period": "2026-03",
                "topic": "学习《中国共产党纪律处分条例》",
                "content": "条例总则和第一、二编",
                "form": "discussion",
                "is_discussion": True,
                "speakers": "分管工程的副局长",
                "owner": "局党办",
            },
            {
                "period": "2026-Q2",
                "topic": "防汛抗旱形势与任务",
                "form": "collective",
                "is_discussion": False,
                "owner": "防汛办",
            },
        ],
    },
    request_only=True,
)
ADJUSTMENT = OpenApiExample(
    "adjustment",
    summary=_("备案后调整：一项延期，一项不动"),
    value={
        "items": [
            {
                "id": 41,
                "period": "2026-06",
                "state": "postponed",
                "note": "因防汛延至6月",
            },
            {"id": 42},
        ]
    },
    request_only=True,
)
PLAN_RETURN = OpenApiExample(
    "plan_return",
    summary=_("退回一项"),
    value={"reason": "研讨没有写明重点发言人，请补充。", "fields": ["items.41"]},
    request_only=True,
)
