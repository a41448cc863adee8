"""Who assesses and who is assessed.

The department's administrator sets the scheme, publishes results and switches places on; its
auditors check. A unit's clerk scores its own sheet and explains, its approver reads: each sees its
own unit alone. A county's leader reads published totals, no reasons and no names of people.
"""

from django.utils.translation import gettext_lazy as _

from reports.models import AssessmentSheet
from units.access.roles import DEPARTMENT_ROLES, STUDY_ROLES, SUBTREE_ROLES, UNIT_ROLES, Role
from units.access.rules import Menu, Rule, own_unit, subtree

Status = AssessmentSheet.Status
_ADMIN = subtree(Role.DEPARTMENT_ADMIN)
_DEPARTMENT = subtree(*DEPARTMENT_ROLES)
_CLERK = own_unit(Role.CLERK)
_SHEETS = own_unit(*UNIT_ROLES) | _DEPARTMENT
_ALL = own_unit(*(STUDY_ROLES & UNIT_ROLES)) | subtree(*SUBTREE_ROLES)
_DRAFT, _CHECKED = frozenset({Status.DRAFT}), frozenset({Status.CHECKED})

# What is sent in another state comes back beside what somebody else has stored meanwhile.
ASSESSMENT_RULES = {
    ("assessment_list", "GET"): Rule(
        _("查看年终考评"), _ALL, menu=Menu(_("报表"), _("年终考评"), "clipboard-check", 59)
    ),
    ("assessment_settings", "GET"): Rule(_("打开考评设置页"), _ADMIN),
    ("assessment_settings", "POST"): Rule(
        _("设置年终考评是否显示名次"), _ADMIN, audit="assessment.settings"
    ),
    ("assessment_new", "GET"): Rule(_("打开新建考评方案页"), _ADMIN),
    ("assessment_new", "POST"): Rule(_("新建考评方案草稿"), _ADMIN, audit="assessment.create"),
    ("assessment_scheme", "GET"): Rule(_("查看考评方案"), _ALL),
    ("assessment_edit", "GET"): Rule(_("打开考评方案修改页"), _ADMIN),
    ("assessment_edit", "POST"): Rule(_("修改考评方案草稿"), _ADMIN, audit="assessment.edit"),
    ("assessment_publish", "GET"): Rule(_("打开考评方案发布页"), _ADMIN),
    ("assessment_publish", "POST"): Rule(_("发布考评方案"), _ADMIN, audit="assessment.publish"),
    ("assessment_withdraw", "GET"): Rule(_("打开撤回考评方案页"), _ADMIN),
    ("assessment_withdraw", "POST"): Rule(_("撤回考评方案"), _ADMIN, audit="assessment.withdraw"),
    ("assessment_discard", "POST"): Rule(_("删除考评方案草稿"), _ADMIN, audit="assessment.discard"),
    ("assessment_sheets", "GET"): Rule(_("查看各单位考评进度"), _DEPARTMENT),
    ("assessment_measure", "POST"): Rule(
        _("重新核算考评数据"), _DEPARTMENT, audit="assessment.measure"
    ),
    ("assessment_results", "GET"): Rule(_("查看公布的考评结果"), subtree(*SUBTREE_ROLES)),
    ("assessment_announce", "GET"): Rule(_("打开公布考评结果页"), _ADMIN),
    ("assessment_announce", "POST"): Rule(_("公布考评结果"), _ADMIN, audit="assessment.announce"),
    ("assessment_take_back", "GET"): Rule(_("打开撤回考评结果页"), _ADMIN),
    ("assessment_take_back", "POST"): Rule(_("撤回考评结果"), _ADMIN, audit="assessment.take_back"),
    ("assessment_workbook", "GET"): Rule(
        _("下载全部单位考评表"), _DEPARTMENT, audit="export.assessment"
    ),
    ("assessment_sheet", "GET"): Rule(_("查看一个单位的考评表"), _SHEETS),
    ("assessment_sheet_file", "GET"): Rule(
        _("下载一个单位的考评表"), _SHEETS, audit="export.assessment"
    ),
    ("assessment_self", "GET"): Rule(_("打开自查评分页"), _CLERK, states=_DRAFT),
    ("assessment_self", "POST"): Rule(_("填写、报送自查评分"), _CLERK, audit="assessment.self"),
    ("assessment_explain", "GET"): Rule(_("打开考评说明页"), _CLERK, states=_CHECKED),
    ("assessment_explain", "POST"): Rule(
        _("对检查评分提出说明"), _CLERK, audit="assessment.explain"
    ),
    ("assessment_check", "GET"): Rule(_("打开检查评分页"), _DEPARTMENT),
    ("assessment_check", "POST"): Rule(_("填写检查评分"), _DEPARTMENT, audit="assessment.check"),
    ("assessment_adjust", "GET"): Rule(_("打开例外评分页"), _DEPARTMENT),
    ("assessment_adjust", "POST"): Rule(
        _("对系统核算的项目作例外评分"), _DEPARTMENT, audit="assessment.adjust"
    ),
    ("assessment_return", "GET"): Rule(_("打开退回自查页"), _DEPARTMENT),
    ("assessment_return", "POST"): Rule(_("退回自查评分"), _DEPARTMENT, audit="assessment.return"),
    ("assessment_reply", "GET"): Rule(_("打开答复说明页"), _DEPARTMENT),
    ("assessment_reply", "POST"): Rule(_("答复单位的说明"), _DEPARTMENT, audit="assessment.reply"),
}
