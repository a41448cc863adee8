"""What other rooms may want to know of. Sent inside the transaction of the change."""

from django.dispatch import Signal

# Arguments: unit_ids (set of int), years (set of int): the records of these units in these
# years were added, changed or reviewed. counts (bool): False if they were drafts or returned before
# and after, which no rule set can count.
records_changed = Signal()

# Arguments: unit, year (of sessions), today. Whoever knows the rules answers with
# sessions.recording.terms.YearTerms; the rules stand above this room.
terms_asked = Signal()

# Arguments: unit, years (set of int), today. Whoever knows the rules answers with a mapping of year
# to sessions.makeups.terms.MakeupTerms.
makeup_terms_asked = Signal()

# Arguments: years (set of int), today. Whoever knows the rules and the working days answers with a
# sessions.reviews.terms.ReviewBook.
review_book_asked = Signal()

# No arguments. Whoever closes months answers with a condition (Exists) that holds for a session
# reported after the closing of its month.
late_asked = Signal()
