"""Who writes circulars, who approves and issues them, who reads them.

The department writes; a county leader or another administrator approves; units read what was sent
to them, and before that the draft's words about themselves, once they are open.
"""

from django.utils.translation import gettext_lazy as _

from reports.circulars.steps import CIRCULAR_STEPS
from reports.models import CircularEvent
from units.access.roles import DEPARTMENT_ROLES, SUBTREE_ROLES, UNIT_ROLES, Role
from units.access.rules import Menu, Rule, own_unit, subtree

Kind = CircularEvent.Kind
_DEPARTMENT = subtree(*DEPARTMENT_ROLES)
_LEADERS = subtree(Role.COUNTY_LEADER, Role.DEPARTMENT_ADMIN)
_ADMIN = subtree(Role.DEPARTMENT_ADMIN)
_COUNTY = subtree(*SUBTREE_ROLES)
_READERS = own_unit(*UNIT_ROLES) | _COUNTY
_CLERK = own_unit(Role.CLERK)


def _in(kind: CircularEvent.Kind) -> frozenset[str]:
    """The states in which a step is possible."""
    return CIRCULAR_STEPS[kind].states


# As for sit-ins: a step's page is refused in another state, what is sent then comes back beside
# what is stored.
CIRCULAR_RULES = {
    ("circular_list", "GET"): Rule(
        _("查看学习通报列表"),
        _READERS,
        menu=Menu(_("报表"), _("学习通报"), "file-earmark-word", 59),
    ),
    ("circular_begin", "POST"): Rule(_("据封账起草学习通报"), _DEPARTMENT, audit="circular.begin"),
    ("circular_detail", "GET"): Rule(_("查看一份学习通报"), _READERS),
    ("circular_table", "GET"): Rule(_("查看学习通报的附件"), _COUNTY),
    ("circular_figure", "GET"): Rule(_("查看学习通报数据的来源单位"), _COUNTY),
    ("circular_unit", "GET"): Rule(_("查看学习通报所据的学习记录"), _COUNTY),
    ("circular_paper", "GET"): Rule(_("下载学习通报"), _READERS, audit="export.circular"),
    ("circular_edit", "GET"): Rule(_("打开学习通报修改页"), _DEPARTMENT, states=_in(Kind.EDIT)),
    ("circular_edit", "POST"): Rule(_("修改学习通报"), _DEPARTMENT, audit="circular.edit"),
    ("circular_passage_new", "GET"): Rule(
        _("打开学习通报增写页"), _DEPARTMENT, states=_in(Kind.EDIT)
    ),
    ("circular_passage_new", "POST"): Rule(
        _("增写学习通报内容"), _DEPARTMENT, audit="circular.edit"
    ),
    ("circular_passage", "GET"): Rule(
        _("打开学习通报内容修改页"), _DEPARTMENT, states=_in(Kind.EDIT)
    ),
    ("circular_passage", "POST"): Rule(_("修改学习通报内容"), _DEPARTMENT, audit="circular.edit"),
    ("circular_passage_remove", "POST"): Rule(
        _("删去学习通报内容"), _DEPARTMENT, audit="circular.edit"
    ),
    ("circular_take_over", "GET"): Rule(
        _("打开改用新封账数据页"), _DEPARTMENT, states=_in(Kind.TAKE_OVER)
    ),
    ("circular_take_over", "POST"): Rule(
        _("学习通报改用新的封账数据"), _DEPARTMENT, audit="circular.take_over"
    ),
    ("circular_discard", "GET"): Rule(
        _("打开作废通报草稿页"), _DEPARTMENT, states=_in(Kind.DISCARD)
    ),
    ("circular_discard", "POST"): Rule(
        _("作废学习通报草稿"), _DEPARTMENT, audit="circular.discard"
    ),
    ("circular_open", "GET"): Rule(_("打开开放情况说明页"), _DEPARTMENT, states=_in(Kind.OPEN)),
    ("circular_open", "POST"): Rule(
        _("向单位开放通报情况说明"), _DEPARTMENT, audit="circular.open"
    ),
    ("circular_explain", "GET"): Rule(_("打开情况说明页"), _CLERK, states=_in(Kind.EXPLAIN)),
    ("circular_explain", "POST"): Rule(_("提交情况说明"), _CLERK, audit="circular.explain"),
    ("circular_submit", "GET"): Rule(_("打开通报送审页"), _DEPARTMENT, states=_in(Kind.SUBMIT)),
    ("circular_submit", "POST"): Rule(
        _("学习通报送领导审定"), _DEPARTMENT, audit="circular.submit"
    ),
    ("circular_send_back", "GET"): Rule(_("打开退回通报页"), _LEADERS, states=_in(Kind.SEND_BACK)),
    ("circular_send_back", "POST"): Rule(_("退回学习通报"), _LEADERS, audit="circular.send_back"),
    ("circular_approve", "GET"): Rule(_("打开审定通报页"), _LEADERS, states=_in(Kind.APPROVE)),
    ("circular_approve", "POST"): Rule(
        _("审定学习通报（须非起草、送审人）"), _LEADERS, audit="circular.approve"
    ),
    ("circular_record", "GET"): Rule(_("打开登记领导审定页"), _DEPARTMENT, states=_in(Kind.RECORD)),
    ("circular_record", "POST"): Rule(
        _("登记领导审定学习通报"), _DEPARTMENT, audit="circular.record"
    ),
    ("circular_issue", "GET"): Rule(_("打开印发通报页"), _ADMIN, states=_in(Kind.ISSUE)),
    ("circular_issue", "POST"): Rule(_("印发学习通报"), _ADMIN, audit="circular.issue"),
}
