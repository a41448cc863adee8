"""Why a row counts or does not, each reason with its Chinese words."""

from typing import Final

from reports.rules.facts import SessionFacts
from reports.rules.tally import Tally, is_discussion, state_at
from reports.rules.words import (
    ADJACENT,
    DISCUSSION_FORMS,
    LECTURE,
    RETURNED,
    SUBMITTED,
)

COUNTED: Final = "counted"
DRAFT: Final = "draft"
IN_CORRECTION: Final = "in_correction"
AWAITING: Final = "awaiting"
STATUS_NOT_COUNTED: Final = "status_not_counted"
OTHER_YEAR: Final = "other_year"
OTHER_PERIOD: Final = "other_period"
BEFORE_FOUNDING: Final = "before_founding"
AFTER_ABOLITION: Final = "after_abolition"
AFTER_AS_OF: Final = "after_as_of"
NOT_ENOUGH_SPEAKERS: Final = "not_enough_speakers"
LECTURE_IS_NO_DISCUSSION: Final = "lecture_is_no_discussion"
FORM_IS_NO_DISCUSSION: Final = "form_is_no_discussion"
BEFORE_TOPIC: Final = "before_topic"
COUNTED_LATE: Final = "counted_late"
DONE: Final = "done"
DONE_LATE: Final = "done_late"
NOT_REPORTED: Final = "not_reported"
NOT_MADE_UP: Final = "not_made_up"
MAKEUP_UNCONFIRMED: Final = "makeup_unconfirmed"
MAKEUP_NOT_NEEDED: Final = "makeup_not_needed"
FILE_INCOMPLETE: Final = "file_incomplete"
SHORT_OF_QUOTA: Final = "short_of_quota"
SHORT_SERVICE: Final = "short_service"
NOT_IN_OFFICE: Final = "not_in_office"
SECRETARY_ONLY: Final = "secretary_only"
NOT_ENDED: Final = "not_ended"
DATE_TAKEN_OFF: Final = "date_taken_off"
WITHDRAWN: Final = "withdrawn"
SENT_AGAIN: Final = "sent_again"
CORRECTED_IN_TIME: Final = "corrected_in_time"
NO_LONGER_COUNTS: Final = "no_longer_counts"
GIVES_NO_DATE: Final = "gives_no_date"

REASON_LABELS: Final[dict[str, str]] = {
    COUNTED: "已计入",
    DRAFT: "草稿，尚未报送",
    RETURNED: "已退回，更正期已过，重新报送后方可计入",
    IN_CORRECTION: "已退回，正在更正期内，重新报送后计入",
    AWAITING: "已报送，待宣传部审核后计入",
    STATUS_NOT_COUNTED: "当前状态不计入",
    ADJACENT: "相关活动，不属于中心组集中学习",
    OTHER_YEAR: "不在本年度（按学习第一天计算）",
    OTHER_PERIOD: "按学习第一天计入其他时段",
    BEFORE_FOUNDING: "早于单位成立日期",
    AFTER_ABOLITION: "不早于单位撤销日期",
    AFTER_AS_OF: "晚于统计截止日",
    NOT_ENOUGH_SPEAKERS: "发言成员不足规定人数，不算集体研讨",
    LECTURE_IS_NO_DISCUSSION: "专题讲座，不算集体研讨",
    FORM_IS_NO_DISCUSSION: "学习形式不是集体研讨或读书班，不算集体研讨",
    BEFORE_TOPIC: "早于该内容的起始日期",
    COUNTED_LATE: "已计入，但晚于截止日期",
    DONE: "按期完成",
    DONE_LATE: "逾期完成",
    NOT_REPORTED: "尚未报送",
    NOT_MADE_UP: "尚未补学",
    MAKEUP_UNCONFIRMED: "已登记补学，尚未确认",
    MAKEUP_NOT_NEEDED: "不计为缺席，补学不另计",
    FILE_INCOMPLETE: "材料不齐",
    SHORT_OF_QUOTA: "尚未完成",
    SHORT_SERVICE: "本年在职天数不足，不承担个人任务",
    NOT_IN_OFFICE: "统计日不在职，不承担个人任务",
    SECRETARY_ONLY: "学习秘书（非成员），不承担个人任务",
    NOT_ENDED: "学习尚未结束",
    DATE_TAKEN_OFF: "退回，原报送日期暂不作数",
    WITHDRAWN: "撤回，原报送日期作废",
    SENT_AGAIN: "重复报送，不改变有效日期",
    CORRECTED_IN_TIME: "更正期内重新报送，恢复原日期",
    NO_LONGER_COUNTS: "该次报送的日期已因退回或撤回不作数",
    GIVES_NO_DATE: "审核或备案，不改变有效日期",
}


def why_not_counted(session: SessionFacts, tally: Tally) -> str:
    """The reason a session is left out; '' for a counted session."""
    return why_not_the_years(session, tally) or _why_not_by_status(session, tally)


def why_not_the_years(session: SessionFacts, tally: Tally) -> str:
    """The reason a session is none of the year's visible sessions; '' if it is one."""
    horizon, unit = tally.horizon, tally.unit
    if session.form == ADJACENT:
        return ADJACENT
    if not horizon.year_first <= session.date <= horizon.year_last:
        return OTHER_YEAR
    if unit.established_on is not None and session.date < unit.established_on:
        return BEFORE_FOUNDING
    if unit.abolished_on is not None and session.date >= unit.abolished_on:
        return AFTER_ABOLITION
    return AFTER_AS_OF if session.date > horizon.as_of else ""


def _why_not_by_status(session: SessionFacts, tally: Tally) -> str:
    horizon = tally.horizon
    status, since, _ = state_at(session.events, horizon.as_of)
    if status in horizon.counted_statuses:
        return ""
    if status == SUBMITTED:
        return AWAITING
    if status == RETURNED:
        in_time = horizon.as_of <= horizon.correction_ends[since]
        return IN_CORRECTION if in_time else RETURNED
    return DRAFT if status == DRAFT else STATUS_NOT_COUNTED


def why_no_discussion(session: SessionFacts, least: int) -> str:
    """The reason a session is no 集体研讨; '' if it is one."""
    if is_discussion(session, least):
        return ""
    if session.form in DISCUSSION_FORMS:
        return NOT_ENOUGH_SPEAKERS
    return LECTURE_IS_NO_DISCUSSION if session.form == LECTURE else FORM_IS_NO_DISCUSSION
