"""What ledgers' words mean: forms of study, and reasons for not being there."""

import re

from sessions.models import Attendance, Form
from units.spreadsheets.texts import squeezed

LeaveKind = Attendance.LeaveKind
AttendanceStatus = Attendance.Status

# The first word found decides: a reading class with discussion is a reading class.
_FORMS: tuple[tuple[tuple[str, ...], Form], ...] = (
    (("读书班",), Form.READING_CLASS),
    (("党课", "主题党日", "培训", "三会一课", "相关活动"), Form.ADJACENT),
    (("研讨", "讨论", "交流发言"), Form.DISCUSSION),
    (("讲座", "辅导", "授课", "报告会", "宣讲"), Form.LECTURE),
    (("考察", "调研", "现场", "参观", "观摩"), Form.FIELD),
    (("集中学习", "集体学习", "集中", "传达学习", "理论学习"), Form.COLLECTIVE),
)
FORM_ADVICE = "集体学习研讨、集中学习、专题讲座、读书班、考察调研、相关活动"

# Longer words stand before those they contain (陪产假 before 产假, 长期病假 before 病假).
_REASONS: tuple[tuple[tuple[str, ...], LeaveKind], ...] = (
    (("陪产", "护理假", "婚假", "丧假"), LeaveKind.OTHER),
    (("脱产",), LeaveKind.OFFSITE_TRAINING),
    (("挂职", "援派", "援藏", "援疆", "援青"), LeaveKind.SECONDMENT),
    (("产假",), LeaveKind.MATERNITY),
    (("长期病", "长病"), LeaveKind.LONG_SICK),
    (("病假", "因病", "生病", "住院", "就医", "看病", "病"), LeaveKind.SICK),
    (("年休", "年假", "公休", "休假"), LeaveKind.ANNUAL_LEAVE),
    (("事假", "因事", "私事", "家事", "家中有事"), LeaveKind.PERSONAL),
    (("出差", "公出", "因公", "公差", "外出公务", "公务外出"), LeaveKind.OFFICIAL_TRIP),
    (("会议", "开会", "参会", "调训", "培训", "党校"), LeaveKind.SUPERIOR_MEETING),
)
_NO_REASON = re.compile(r"无故.*|缺席|旷会|旷学|未请假|未到|缺勤|原因不明|不详")
_LATE = ("迟到", AttendanceStatus.LATE)
_EARLY = ("早退", AttendanceStatus.LEFT_EARLY)
_LEAVE_WORDS = frozenset(["请假", "假", "其他", "其它"])


def form_of(text: str) -> Form | None:
    """The form a ledger's words stand for; None if they stand for none."""
    folded = squeezed(text)
    return next((form for words, form in _FORMS if any(w in folded for w in words)), None)


def is_reason(text: str) -> bool:
    """Words that say why somebody was not there, and so are nobody's name."""
    folded = squeezed(text)
    return folded in _LEAVE_WORDS or _kind(folded) is not None or _said_without_reason(folded)


def absence_of(remark: str) -> tuple[AttendanceStatus, str]:
    """Status and leave kind for what stands beside an absentee's name; nothing means absent."""
    folded = squeezed(remark)
    if not folded or _said_without_reason(folded):
        return AttendanceStatus.ABSENT, ""
    for word, status in (_LATE, _EARLY):
        if word in folded:
            return status, ""
    return AttendanceStatus.LEAVE, _kind(folded) or LeaveKind.OTHER


def _kind(folded: str) -> LeaveKind | None:
    return next((kind for words, kind in _REASONS if any(w in folded for w in words)), None)


def _said_without_reason(folded: str) -> bool:
    return _NO_REASON.fullmatch(folded) is not None
