"""Numbers as addresses and forms name them."""

LONGEST = 18


def sent_number(text: str) -> int | None:
    """The id, version, year or place that the text names; None for whatever names none.

    Nothing has more digits than LONGEST: no column holds such a number, and of some thousands of
    them Python itself refuses to make one.
    """
    return int(text) if text.isdecimal() and len(text) <= LONGEST else None
