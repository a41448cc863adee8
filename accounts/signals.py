"""What other rooms may want to know of. Sent inside the transaction of the change."""

from django.dispatch import Signal

# Arguments: user, at, origin (columns of the trail). The user set a password by a one-time link:
# the old one was lost, or somebody else may have known it. Whatever lets others act for the account
# ends.
password_set_by_link = Signal()
