"""The forms to be filled in by hand, as the page 表格下载 lists them.

Word for what is signed; the ledger of findings is a workbook, because it is gone on with for a
year, sorted and summed, and nobody signs it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.documents.forms.feedback import feedback_paper
from reports.documents.forms.leave import leave_paper
from reports.documents.forms.makeups import makeup_paper
from reports.documents.forms.plan import plan_paper
from reports.documents.forms.record import record_paper
from reports.documents.forms.roster import roster_paper
from reports.documents.forms.sign_in import sign_in_paper
from reports.sitins.ledger import blank_ledger
from reports.sitins.sheet import blank_feedback
from sessions.printing.contents import SignInSheet, blank_record
from sessions.printing.leave import LeaveSlip

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Make = Callable[[str, datetime], bytes]
"""Takes the group's full name, blank for any group, and the time the file is dated by."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A form: its name, what it is for, and the pages (a unit's, the department's) from
    which it comes filled in."""

    key: str
    name: "StrOrPromise"
    purpose: "StrOrPromise"
    make: Make
    filled_from: "StrOrPromise"
    in_unit: str = ""
    in_department: str = ""
    is_workbook: bool = False


def _plan(group: str, created: datetime) -> bytes:
    return plan_paper(None, (), group=_of(group), created=created)


def _sign_in(group: str, created: datetime) -> bytes:
    return sign_in_paper(SignInSheet(group=_of(group)), created=created)


def _record(group: str, created: datetime) -> bytes:
    return record_paper(blank_record(_of(group)), created=created)


def _leave(group: str, created: datetime) -> bytes:
    return leave_paper([LeaveSlip(group=group)] * 2, created=created)


def _makeups(group: str, created: datetime) -> bytes:
    return makeup_paper((), group=_of(group), chosen="", created=created)


def _roster(group: str, created: datetime) -> bytes:
    return roster_paper((), group=_of(group), day=None, created=created)


def _feedback(_group: str, created: datetime) -> bytes:
    return feedback_paper(blank_feedback(), created=created)


def _findings(group: str, created: datetime) -> bytes:
    return blank_ledger(group=group, printed_at=created)


def _of(group: str) -> str:
    return group or _("＿＿＿＿＿＿＿＿理论学习中心组")


BLANKS = (
    Blank(
        "plan",
        gettext_lazy("年度学习计划表"),
        gettext_lazy("年初安排全年学习，经组长审定后报宣传部备案；年中调整也用这张表。"),
        _plan,
        gettext_lazy("年度计划"),
        in_unit="plan_list",
        in_department="plan_list",
    ),
    Blank(
        "sign_in",
        gettext_lazy("签到（考勤）表"),
        gettext_lazy("每次学习由到会成员本人签名，请假和缺席写明类别、事由和批准人。"),
        _sign_in,
        gettext_lazy("学习记录"),
        in_unit="session_list",
        in_department="session_list",
    ),
    Blank(
        "record",
        gettext_lazy("学习记录"),
        gettext_lazy("记录时间、地点、主持人、参加和缺席人员、学习内容、讨论发言的主要精神。"),
        _record,
        gettext_lazy("学习记录"),
        in_unit="session_list",
        in_department="session_list",
    ),
    Blank(
        "leave",
        gettext_lazy("请假单"),
        gettext_lazy("成员不能到会时填写，由组长批准；一页两张，裁开使用。"),
        _leave,
        gettext_lazy("学习记录"),
        in_unit="session_list",
        in_department="session_list",
    ),
    Blank(
        "makeups",
        gettext_lazy("补学登记表"),
        gettext_lazy("缺席成员补学后登记并签名，由确认人确认。"),
        _makeups,
        gettext_lazy("补学"),
        in_unit="makeup_list",
        in_department="",
    ),
    Blank(
        "feedback",
        gettext_lazy("巡听旁听反馈表"),
        gettext_lazy("旁听一次学习后，由旁听人填写评价、亮点、问题和建议，签字交回宣传部。"),
        _feedback,
        gettext_lazy("巡听旁听"),
        in_unit="finding_list",
        in_department="sit_in_plan",
    ),
    Blank(
        "findings",
        gettext_lazy("整改台账"),
        gettext_lazy("一个问题一行，写明措施、责任人、时限和进度，到位后销号。"),
        _findings,
        gettext_lazy("整改台账"),
        in_unit="finding_list",
        in_department="finding_list",
        is_workbook=True,
    ),
    Blank(
        "roster",
        gettext_lazy("成员名册"),
        gettext_lazy("按领导排序列出组长、副组长、成员和学习秘书，盖章报宣传部、组织部。"),
        _roster,
        gettext_lazy("成员名册"),
        in_unit="own_roster",
        in_department="unit_list",
    ),
)
BY_KEY = {blank.key: blank for blank in BLANKS}
