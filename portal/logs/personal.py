"""What looks like a person in a line of the log, by its form.

Chinese text and that of other scripts in China (our lines are English, so it comes from data),
e-mail addresses, numbers of telephones and of identity cards, whatever hides in an encoding.
"""

import re

GONE = "…"

_PERSONAL = (
    # From the first of its letters only: asked again at each of them, a long line takes for ever.
    re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(\.[\w-]+)+"),
    re.compile(r"(?<![\w-])1[3-9]\d{9}(?![\w-])"),
    re.compile(r"(?<![\w-])0\d{2,3}-?\d{7,8}(?![\w-])"),
    re.compile(r"(?<![\w-])\d{17}[\dXx](?![\w-])"),
    re.compile(r"(?:%[0-9A-Fa-f]{2})+"),
    re.compile(r"(?:\\u[0-9A-Fa-f]{4})+"),
    re.compile("[·\u0590-\u1fff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]+"),
)
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def tidy(said: str) -> str:
    """Without what looks like a person, on one line, whatever the text."""
    for pattern in _PERSONAL:
        said = pattern.sub(GONE, said)
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", said)
