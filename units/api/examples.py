"""Units and members as other systems would send them."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample

NEW_UNIT = OpenApiExample(
    "new_unit",
    summary=_("年内新成立的局"),
    value={
        "code": "QS121",
        "name": "青石县数据局",
        "category": "bureau",
        "party_body": "leading_group",
        "parent": "QS",
        "rank_order": 35,
        "email": "sjj@qingshi.example",
        "established_on": "2026-04-01",
    },
    request_only=True,
)
RENAMED = OpenApiExample(
    "renamed",
    summary=_("更名：此前的学习仍用原名称"),
    value={
        "name": "青石县文化广电和旅游局",
        "short_name": "县文广旅局",
        "valid_from": "2026-07-01",
    },
    request_only=True,
)
MERGED = OpenApiExample(
    "merged",
    summary=_("撤销，并入另一单位"),
    value={"abolished_on": "2026-07-01", "successor": "QS121"},
    request_only=True,
)
NEW_MEMBER = OpenApiExample(
    "new_member",
    summary=_("新任副局长进入中心组"),
    value={
        "unit": "QS014",
        "name": "沈知远",
        "role": "member",
        "post": "局党组成员、副局长",
        "portfolio": "分管办公室、财务工作",
        "rank_order": 3,
        "start_date": "2026-03-01",
        "appointment_no": "青委〔2026〕18号",
    },
    request_only=True,
)
ENDED = OpenApiExample(
    "ended",
    summary=_("调离"),
    value={"on": "2026-06-01", "document_no": "青委〔2026〕41号"},
    request_only=True,
)
PROMOTED = OpenApiExample(
    "promoted",
    summary=_("副局长任局长，担任组长"),
    value={
        "start_date": "2026-06-01",
        "role": "leader",
        "post": "局党组书记、局长",
        "rank_order": 1,
        "appointment_no": "青委〔2026〕42号",
    },
    request_only=True,
)
