"""The plain words the rules speak, each with its Chinese label.

Engine keys are plain strings; whatever stores them maps its own choices onto these.
"""

from typing import Final

PRESENT: Final = "present"
LATE: Final = "late"
LEFT_EARLY: Final = "left_early"
LEAVE: Final = "leave"
ABSENT: Final = "absent"
EXCLUDED: Final = "excluded"
ATTENDANCE_LABELS: Final[dict[str, str]] = {
    PRESENT: "出席",
    LATE: "迟到",
    LEFT_EARLY: "早退",
    LEAVE: "请假",
    ABSENT: "缺席",
}
COUNTS_AS_LABELS: Final[dict[str, str]] = {
    PRESENT: "计为到会",
    ABSENT: "计为缺席",
    EXCLUDED: "不计入应到",
}
LEAVE_LABELS: Final[dict[str, str]] = {
    "offsite_training": "脱产培训",
    "secondment": "挂职（援派）",
    "maternity": "产假",
    "long_sick": "长期病假",
    "official_trip": "因公出差",
    "superior_meeting": "上级会议（调训）",
    "sick": "病假",
    "personal": "事假",
    "annual_leave": "年休假",
    "other": "其他",
}
LEAVE_COUNTS_AS: Final[dict[str, str]] = {
    "offsite_training": EXCLUDED,
    "secondment": EXCLUDED,
    "maternity": EXCLUDED,
    "long_sick": EXCLUDED,
    "official_trip": ABSENT,
    "superior_meeting": ABSENT,
    "sick": ABSENT,
    "personal": ABSENT,
    "annual_leave": ABSENT,
    "other": ABSENT,
}

LEADER: Final = "leader"
DEPUTY: Final = "deputy"
MEMBER: Final = "member"
SECRETARY: Final = "secretary"
DUE_ROLES: Final = frozenset({LEADER, DEPUTY, MEMBER})
ROLE_LABELS: Final[dict[str, str]] = {
    LEADER: "组长",
    DEPUTY: "副组长",
    MEMBER: "成员",
    SECRETARY: "学习秘书",
}

COLLECTIVE: Final = "collective"
DISCUSSION: Final = "discussion"
LECTURE: Final = "lecture"
READING_CLASS: Final = "reading_class"
FIELD: Final = "field"
ADJACENT: Final = "adjacent"
DISCUSSION_FORMS: Final = frozenset({DISCUSSION, READING_CLASS})
FORM_LABELS: Final[dict[str, str]] = {
    COLLECTIVE: "集中学习",
    DISCUSSION: "集体学习研讨",
    LECTURE: "专题讲座",
    READING_CLASS: "读书班",
    FIELD: "考察调研",
    ADJACENT: "相关活动",
}

SUBMIT: Final = "submit"
ACCEPT: Final = "accept"
FILE: Final = "file"
RETURN: Final = "return"
WITHDRAW: Final = "withdraw"
DRAFT: Final = "draft"
SUBMITTED: Final = "submitted"
ACCEPTED: Final = "accepted"
FILED: Final = "filed"
RETURNED: Final = "returned"
STATUS_AFTER: Final[dict[str, str]] = {
    SUBMIT: SUBMITTED,
    ACCEPT: ACCEPTED,
    FILE: FILED,
    RETURN: RETURNED,
    WITHDRAW: DRAFT,
}
STATUS_LABELS: Final[dict[str, str]] = {
    DRAFT: "草稿",
    SUBMITTED: "已报送",
    ACCEPTED: "已审核",
    FILED: "已备案",
    RETURNED: "已退回",
}

KEY_SPEECH: Final = "key"
EXCHANGE_SPEECH: Final = "exchange"
SPEECH_LABELS: Final[dict[str, str]] = {KEY_SPEECH: "重点发言", EXCHANGE_SPEECH: "交流发言"}

REFLECTION: Final = "reflection"
RESEARCH: Final = "research"
RECORD_LABELS: Final[dict[str, str]] = {REFLECTION: "心得体会", RESEARCH: "调研报告"}

EVIDENCE_LABELS: Final[dict[str, str]] = {
    "notice": "通知",
    "agenda": "学习方案（议程）",
    "sign_in": "签到表",
    "minutes": "会议记录",
    "speech_text": "发言材料",
    "materials": "学习材料",
    "leave_slip": "请假条",
    "makeup_record": "补学记录",
    "news": "信息简报",
    "photo": "照片",
    "approval": "审定文件",
    "other": "其他",
}

NOT_APPLICABLE: Final = "not_applicable"
WAIVED: Final = "waived"
MET: Final = "met"
MET_LATE: Final = "met_late"
MISSED: Final = "missed"
AT_RISK: Final = "at_risk"
PENDING: Final = "pending"
OUTCOME_LABELS: Final[dict[str, str]] = {
    NOT_APPLICABLE: "不适用",
    WAIVED: "已豁免",
    MET: "达标",
    MET_LATE: "逾期完成",
    MISSED: "未达标",
    AT_RISK: "预警",
    PENDING: "进行中",
}

ON_TRACK: Final = "on_track"
ATTENTION: Final = "attention"
BEHIND: Final = "behind"
STANDING_LABELS: Final[dict[str, str]] = {
    NOT_APPLICABLE: "不适用",
    BEHIND: "未达标",
    ATTENTION: "需关注",
    ON_TRACK: "正常",
}

REQUIRED: Final = "required"
ADVISORY: Final = "advisory"
SEVERITY_LABELS: Final[dict[str, str]] = {REQUIRED: "必须", ADVISORY: "提醒"}

PARTICIPATION: Final = "participation"
ATTENDANCE: Final = "attendance"
MEASURE_LABELS: Final[dict[str, str]] = {PARTICIPATION: "参学率", ATTENDANCE: "到会率"}

WARN_DAYS: Final[dict[str, int]] = {
    "month": 7,
    "quarter": 21,
    "year": 60,
    "dated": 7,
    "session": 2,
    "makeup": 7,
}
WARN_LABELS: Final[dict[str, str]] = {
    "month": "每月事项",
    "quarter": "每季事项",
    "year": "全年事项",
    "dated": "有截止日期的事项（计划、报告、必学内容）",
    "session": "每次学习的报送和归档",
    "makeup": "补学",
}
