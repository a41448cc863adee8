"""The roles in the groups in which policy speaks of them."""

from units.models import Assignment

Role = Assignment.Role

UNIT_ROLES = Assignment.UNIT_ROLES
SUBTREE_ROLES = Assignment.SUBTREE_ROLES
DEPARTMENT_ROLES = frozenset({Role.AUDITOR, Role.DEPARTMENT_ADMIN})
# Those who see what units studied. The three administrators never do.
STUDY_ROLES = UNIT_ROLES | SUBTREE_ROLES
SYSTEM_ROLES = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.SECURITY_AUDITOR})
# Longer passwords, shorter idle time.
PRIVILEGED_ROLES = SYSTEM_ROLES | {Role.DEPARTMENT_ADMIN}
EVERY_ROLE = STUDY_ROLES | SYSTEM_ROLES
