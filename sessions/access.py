"""Who may use the routes of this room."""

from sessions.evidence.access import EVIDENCE_RULES
from sessions.plans.access import PLAN_RULES

SESSION_RULES = {**EVIDENCE_RULES, **PLAN_RULES}
