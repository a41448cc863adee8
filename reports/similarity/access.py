"""Who may see what a report has in common with others: whoever may read it.

The unit learns how much, the department also with whom. A county's leader reads figures only.
"""

from django.utils.translation import gettext_lazy as _

from units.access.roles import DEPARTMENT_ROLES, UNIT_ROLES
from units.access.rules import Rule, own_unit, subtree

SIMILARITY_RULES = {
    ("unit_report_likeness", "GET"): Rule(
        _("查看报告与上年、与其他单位相同的片段"),
        own_unit(*UNIT_ROLES) | subtree(*DEPARTMENT_ROLES),
    ),
}
