from accounts.models.audit import AuditEvent
from accounts.models.old_password import OldPassword
from accounts.models.one_time_link import OneTimeLink
from accounts.models.sign_in import SignIn
from accounts.models.user import User

__all__ = ["AuditEvent", "OldPassword", "OneTimeLink", "SignIn", "User"]
