"""Who may use the routes of this room."""

from sessions.entries.access import ENTRY_RULES
from sessions.evidence.access import EVIDENCE_RULES
from sessions.holds.access import HOLD_RULES
from sessions.ledgers.access import LEDGER_RULES
from sessions.makeups.access import MAKEUP_RULES
from sessions.pages.access import RECORD_RULES
from sessions.plans.access import PLAN_RULES
from sessions.printing.access import PRINTING_RULES
from sessions.report_notices.access import REPORT_NOTICE_RULES
from sessions.reviews.access import REVIEW_RULES
from sessions.rosters.access import RECONFIRM_RULES
from sessions.topics.access import TOPIC_RULES
from sessions.unit_reports.access import UNIT_REPORT_RULES

SESSION_RULES = {
    **EVIDENCE_RULES,
    **RECORD_RULES,
    **MAKEUP_RULES,
    **ENTRY_RULES,
    **PLAN_RULES,
    **UNIT_REPORT_RULES,
    **HOLD_RULES,
    **LEDGER_RULES,
    **PRINTING_RULES,
    **RECONFIRM_RULES,
    **REPORT_NOTICE_RULES,
    **REVIEW_RULES,
    **TOPIC_RULES,
}
