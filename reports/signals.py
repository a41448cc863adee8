"""What the room itself wants to know of. Sent inside the transaction of the change."""

from django.dispatch import Signal

# Argument: rule_set (RuleSet): it was published just now.
rule_set_published = Signal()
