"""Who may use this room's part of the API: whoever may do the same on its pages."""

from django.utils.translation import gettext_lazy as _

from sessions.entries.access import ENTRY_RULES
from sessions.evidence.access import EVIDENCE_RULES
from sessions.makeups.access import MAKEUP_RULES
from sessions.pages.access import RECORD_RULES
from sessions.plans.access import PLAN_RULES
from sessions.reviews.access import REVIEW_RULES
from sessions.topics.access import TOPIC_RULES
from units.access.rules import as_pages

_LIST, _DETAIL = RECORD_RULES["session_list", "GET"], RECORD_RULES["session_detail", "GET"]
_NEW, _EDIT = RECORD_RULES["session_new", "POST"], RECORD_RULES["session_edit", "POST"]
_PLANS, _PLAN = PLAN_RULES["plan_list", "GET"], PLAN_RULES["plan_detail", "GET"]
_PERSONAL, _OUTCOMES = ENTRY_RULES["personal_list", "GET"], ENTRY_RULES["outcome_list", "GET"]
_FILES = EVIDENCE_RULES["session_evidence", "GET"]

TOPIC_API_RULES = {
    ("api_topics", "GET"): as_pages(_("接口：查询学习内容"), TOPIC_RULES["topic_list", "GET"]),
    ("api_topics", "POST"): as_pages(
        _("接口：新增学习内容"), TOPIC_RULES["topic_new", "POST"], audit="topic.add"
    ),
    ("api_topic", "GET"): as_pages(_("接口：查看一项学习内容"), TOPIC_RULES["topic_list", "GET"]),
    ("api_topic", "PATCH"): as_pages(
        _("接口：修改学习内容"), TOPIC_RULES["topic_edit", "POST"], audit="topic.edit"
    ),
    ("api_topic_retire", "POST"): as_pages(
        _("接口：停用学习内容"), TOPIC_RULES["topic_retire", "POST"], audit="topic.retire"
    ),
    ("api_topic_restore", "POST"): as_pages(
        _("接口：恢复学习内容"), TOPIC_RULES["topic_restore", "POST"], audit="topic.restore"
    ),
}

SESSION_API_RULES = {
    ("api_sessions", "GET"): as_pages(_("接口：查询学习记录"), _LIST),
    ("api_sessions", "POST"): as_pages(_("接口：登记学习"), _NEW, audit="session.save"),
    ("api_sessions_bulk", "POST"): as_pages(_("接口：批量登记学习"), _NEW, audit="session.save"),
    ("api_session", "GET"): as_pages(_("接口：查看一次学习"), _DETAIL),
    ("api_session", "PATCH"): as_pages(_("接口：修改学习记录"), _EDIT, audit="session.save"),
    ("api_session", "DELETE"): as_pages(
        _("接口：删除学习草稿"), RECORD_RULES["session_delete", "POST"], audit="session.delete"
    ),
    ("api_session_submit", "POST"): as_pages(
        _("接口：报送学习记录"), _EDIT, audit="session.submit"
    ),
    ("api_session_withdraw", "POST"): as_pages(
        _("接口：撤回学习记录"), RECORD_RULES["session_withdraw", "POST"], audit="session.withdraw"
    ),
    ("api_session_accept", "POST"): as_pages(
        _("接口：学习记录审核通过"), REVIEW_RULES["review_accept", "POST"], audit="review.accept"
    ),
    ("api_session_return", "POST"): as_pages(
        _("接口：退回学习记录"), REVIEW_RULES["review_return", "POST"], audit="review.return"
    ),
}

EVIDENCE_API_RULES = {
    ("api_session_evidence", "POST"): as_pages(
        _("接口：上传材料"), EVIDENCE_RULES["session_evidence", "POST"], audit="evidence.add"
    ),
    ("api_session_evidence_piece", "GET"): as_pages(_("接口：查看一份材料"), _FILES),
    ("api_session_evidence_piece", "DELETE"): as_pages(
        _("接口：移除材料"), EVIDENCE_RULES["evidence_remove", "POST"], audit="evidence.remove"
    ),
    ("api_session_evidence_file", "GET"): as_pages(
        _("接口：下载材料"), EVIDENCE_RULES["evidence_file", "GET"], audit="evidence.download"
    ),
}

MAKEUP_API_RULES = {
    ("api_session_makeup", "GET"): as_pages(_("接口：查看一名成员的出勤和补学"), _DETAIL),
    ("api_session_makeup", "PUT"): as_pages(
        _("接口：登记补学"), MAKEUP_RULES["makeup_record", "POST"], audit="makeup.record"
    ),
    ("api_session_makeup", "DELETE"): as_pages(
        _("接口：撤销补学登记或确认"), MAKEUP_RULES["makeup_undo", "POST"], audit="makeup.undo"
    ),
    ("api_session_makeup_confirm", "POST"): as_pages(
        _("接口：确认补学"), MAKEUP_RULES["makeup_confirm", "POST"], audit="makeup.confirm"
    ),
}

PLAN_API_RULES = {
    ("api_plans", "GET"): as_pages(_("接口：查询年度计划"), _PLANS),
    ("api_plans", "POST"): as_pages(
        _("接口：新建年度计划"), PLAN_RULES["plan_create", "POST"], audit="plan.create"
    ),
    ("api_plan", "GET"): as_pages(_("接口：查看一份年度计划"), _PLAN),
    ("api_plan", "PATCH"): as_pages(
        _("接口：修改、调整年度计划"), PLAN_RULES["plan_edit", "POST"], audit="plan.save"
    ),
    ("api_plan_submit", "POST"): as_pages(
        _("接口：报送年度计划"), PLAN_RULES["plan_submit", "POST"], audit="plan.submit"
    ),
    ("api_plan_withdraw", "POST"): as_pages(
        _("接口：撤回年度计划"), PLAN_RULES["plan_withdraw", "POST"], audit="plan.withdraw"
    ),
    ("api_plan_file", "POST"): as_pages(
        _("接口：年度计划备案"), REVIEW_RULES["review_accept", "POST"], audit="review.accept"
    ),
    ("api_plan_return", "POST"): as_pages(
        _("接口：退回年度计划"), REVIEW_RULES["review_return", "POST"], audit="review.return"
    ),
    ("api_plan_item", "GET"): as_pages(_("接口：查看一个计划项目"), _PLAN),
    ("api_plan_item_mark", "POST"): as_pages(
        _("接口：标记计划项目完成"), PLAN_RULES["plan_item_mark", "POST"], audit="plan.mark"
    ),
}

ENTRY_API_RULES = {
    ("api_personal_records", "GET"): as_pages(_("接口：查询个人学习"), _PERSONAL),
    ("api_personal_records", "POST"): as_pages(
        _("接口：登记个人学习"), ENTRY_RULES["personal_new", "POST"], audit="personal.add"
    ),
    ("api_personal_record", "GET"): as_pages(_("接口：查看一条个人学习"), _PERSONAL),
    ("api_personal_record", "PATCH"): as_pages(
        _("接口：修改个人学习"), ENTRY_RULES["personal_edit", "POST"], audit="personal.edit"
    ),
    ("api_personal_record", "DELETE"): as_pages(
        _("接口：删除个人学习"), ENTRY_RULES["personal_delete", "POST"], audit="personal.delete"
    ),
    ("api_outcomes", "GET"): as_pages(_("接口：查询学习成果"), _OUTCOMES),
    ("api_outcomes", "POST"): as_pages(
        _("接口：登记学习成果"), ENTRY_RULES["outcome_new", "POST"], audit="outcome.add"
    ),
    ("api_outcome", "GET"): as_pages(_("接口：查看一项学习成果"), _OUTCOMES),
    ("api_outcome", "PATCH"): as_pages(
        _("接口：修改学习成果"), ENTRY_RULES["outcome_edit", "POST"], audit="outcome.edit"
    ),
    ("api_outcome", "DELETE"): as_pages(
        _("接口：删除学习成果"), ENTRY_RULES["outcome_delete", "POST"], audit="outcome.delete"
    ),
}

STUDY_API_RULES = {
    **TOPIC_API_RULES,
    **SESSION_API_RULES,
    **EVIDENCE_API_RULES,
    **MAKEUP_API_RULES,
    **PLAN_API_RULES,
    **ENTRY_API_RULES,
}
