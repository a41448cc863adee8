"""Who may use the routes of this room."""

from sessions.plans.access import PLAN_RULES

SESSION_RULES = {**PLAN_RULES}
