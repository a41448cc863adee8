"""Who may do what with evidence."""

from django.utils.translation import gettext_lazy as _

from sessions.evidence.services import EDITABLE
from units.access.roles import SUBTREE_ROLES, Role
from units.access.rules import Rule, own_unit, subtree

_READERS = own_unit(Role.CLERK, Role.APPROVER) | subtree(*SUBTREE_ROLES)
_OPEN = frozenset(str(status) for status in EDITABLE)

EVIDENCE_RULES = {
    ("session_evidence", "GET"): Rule(_("查看一次学习的材料"), _READERS),
    ("session_evidence", "POST"): Rule(
        _("上传材料"), own_unit(Role.CLERK), states=_OPEN, audit="evidence.add"
    ),
    ("evidence_remove", "POST"): Rule(
        _("移除材料"), own_unit(Role.CLERK), states=_OPEN, audit="evidence.remove"
    ),
    ("evidence_file", "GET"): Rule(_("下载材料"), _READERS, audit="evidence.download"),
}
