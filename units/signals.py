"""What this room asks of those that stand above it."""

from django.dispatch import Signal

# Arguments: unit, before, after (tuples of units.roster.terms.Term). Whoever keeps records that
# depend on who was in office on their day answers with the units.roster.consequences.Touched
# among them, inside the transaction of the change.
due_change_asked = Signal()
