"""Who may use the routes of this room."""

from django.utils.translation import gettext_lazy as _

from reports.archives.access import ARCHIVE_RULES
from reports.assessments.access import ASSESSMENT_RULES
from reports.centre.access import CENTRE_RULES
from reports.circulars.access import CIRCULAR_RULES
from reports.closings.access import CLOSING_RULES
from reports.documents.access import DOCUMENT_RULES
from reports.exports.access import EXPORT_RULES
from reports.hints.access import HINT_RULES
from reports.mailing.access import MAIL_RULES
from reports.overview.access import OVERVIEW_RULES
from reports.rulebook.access import RULEBOOK_RULES
from reports.similarity.access import SIMILARITY_RULES
from reports.sitins.access import SIT_IN_RULES
from reports.turn.access import TURN_RULES
from reports.yearly.access import YEARLY_RULES
from units.access.roles import SUBTREE_ROLES, UNIT_ROLES
from units.access.rules import Rule, own_unit, subtree

REPORT_RULES = {
    ("unit_compliance", "GET"): Rule(
        _("查看单位年度完成情况"), own_unit(*UNIT_ROLES) | subtree(*SUBTREE_ROLES)
    ),
    **ARCHIVE_RULES,
    **DOCUMENT_RULES,
    **ASSESSMENT_RULES,
    **EXPORT_RULES,
    **OVERVIEW_RULES,
    **CENTRE_RULES,
    **CIRCULAR_RULES,
    **HINT_RULES,
    **MAIL_RULES,
    **CLOSING_RULES,
    **RULEBOOK_RULES,
    **SIMILARITY_RULES,
    **SIT_IN_RULES,
    **TURN_RULES,
    **YEARLY_RULES,
}
