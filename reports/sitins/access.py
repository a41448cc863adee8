"""Who listens in, who notes findings and who answers them.

The department's auditor and administrator do; the unit's clerk replies, its approver reads. A
county's leader sees counts, no names and no words.
"""

from django.utils.translation import gettext_lazy as _

from reports.models import FindingEvent, SitInEvent
from reports.sitins.steps import FINDING_STEPS, SIT_IN_STEPS
from units.access.roles import DEPARTMENT_ROLES, UNIT_ROLES, Role
from units.access.rules import Menu, Rule, own_unit, subtree

Kind, FindingKind = SitInEvent.Kind, FindingEvent.Kind
_DEPARTMENT = subtree(*DEPARTMENT_ROLES)
_READERS = own_unit(*UNIT_ROLES) | _DEPARTMENT
_CLERK = own_unit(Role.CLERK)
_GROUP = _("巡听整改")


def _in(kind: SitInEvent.Kind) -> frozenset[str]:
    """The states in which a step is possible."""
    return SIT_IN_STEPS[kind].states


# Opening a step's page in another state is refused with a sentence. What is sent in another state
# comes back beside what somebody else has stored meanwhile, so that nothing typed is lost.
SIT_IN_RULES = {
    ("sit_in_plan", "GET"): Rule(
        _("查看巡听旁听计划"),
        _DEPARTMENT,
        menu=Menu(_GROUP, _("巡听计划"), "calendar-check", 54),
    ),
    ("sit_in_plan", "POST"): Rule(_("列入巡听旁听计划"), _DEPARTMENT, audit="sit_in.plan"),
    ("sit_in_figures", "GET"): Rule(
        _("查看巡听旁听和整改数据"),
        subtree(Role.COUNTY_LEADER),
        menu=Menu(_GROUP, _("巡听整改数据"), "table", 54),
    ),
    ("sit_in_terms", "GET"): Rule(_("打开巡听旁听时限页"), subtree(Role.DEPARTMENT_ADMIN)),
    ("sit_in_terms", "POST"): Rule(
        _("设置巡听旁听时限"), subtree(Role.DEPARTMENT_ADMIN), audit="sit_in.terms"
    ),
    ("sit_in_detail", "GET"): Rule(_("查看一次巡听旁听"), _READERS),
    ("sit_in_sheet", "GET"): Rule(_("打印巡听旁听反馈表"), _READERS),
    ("sit_in_edit", "GET"): Rule(_("打开巡听旁听调整页"), _DEPARTMENT, states=_in(Kind.EDIT)),
    ("sit_in_edit", "POST"): Rule(_("调整巡听旁听"), _DEPARTMENT, audit="sit_in.edit"),
    ("sit_in_agree", "GET"): Rule(_("打开巡听旁听对接页"), _DEPARTMENT, states=_in(Kind.AGREE)),
    ("sit_in_agree", "POST"): Rule(_("登记巡听旁听对接"), _DEPARTMENT, audit="sit_in.agree"),
    ("sit_in_hold", "GET"): Rule(_("打开登记旁听页"), _DEPARTMENT, states=_in(Kind.HOLD)),
    ("sit_in_hold", "POST"): Rule(_("登记旁听"), _DEPARTMENT, audit="sit_in.hold"),
    ("sit_in_session", "GET"): Rule(_("打开关联学习记录页"), _DEPARTMENT, states=_in(Kind.LINK)),
    ("sit_in_session", "POST"): Rule(_("关联旁听的学习记录"), _DEPARTMENT, audit="sit_in.session"),
    ("sit_in_feedback", "GET"): Rule(
        _("打开巡听旁听反馈页"), _DEPARTMENT, states=_in(Kind.FEED_BACK) | _in(Kind.AMEND)
    ),
    ("sit_in_feedback", "POST"): Rule(
        _("填写巡听旁听反馈表"), _DEPARTMENT, audit="sit_in.feedback"
    ),
    ("sit_in_cancel", "GET"): Rule(_("打开取消巡听旁听页"), _DEPARTMENT, states=_in(Kind.CANCEL)),
    ("sit_in_cancel", "POST"): Rule(_("取消巡听旁听"), _DEPARTMENT, audit="sit_in.cancel"),
    ("finding_list", "GET"): Rule(
        _("查看整改台账"),
        _READERS,
        menu=Menu(_GROUP, _("整改台账"), "clipboard-check", 55),
    ),
    ("finding_workbook", "GET"): Rule(_("下载整改台账"), _READERS, audit="export.findings"),
    ("finding_new", "GET"): Rule(_("打开登记整改问题页"), _DEPARTMENT),
    ("finding_new", "POST"): Rule(_("登记整改问题"), _DEPARTMENT, audit="finding.note"),
    ("finding_detail", "GET"): Rule(_("查看一个整改问题"), _READERS),
    ("finding_edit", "GET"): Rule(
        _("打开整改问题修改页"), _DEPARTMENT, states=FINDING_STEPS[FindingKind.EDIT].states
    ),
    ("finding_edit", "POST"): Rule(_("修改整改问题"), _DEPARTMENT, audit="finding.edit"),
    ("finding_reply", "GET"): Rule(
        _("打开回复整改页"), _CLERK, states=FINDING_STEPS[FindingKind.REPLY].states
    ),
    ("finding_reply", "POST"): Rule(_("回复整改情况"), _CLERK, audit="finding.reply"),
    ("finding_progress", "POST"): Rule(_("登记整改进度"), _CLERK, audit="finding.progress"),
    ("finding_sign_off", "POST"): Rule(_("整改问题销号"), _DEPARTMENT, audit="finding.sign_off"),
    ("finding_send_back", "GET"): Rule(
        _("打开退回继续整改页"),
        _DEPARTMENT,
        states=FINDING_STEPS[FindingKind.SEND_BACK].states,
    ),
    ("finding_send_back", "POST"): Rule(_("退回继续整改"), _DEPARTMENT, audit="finding.send_back"),
}
