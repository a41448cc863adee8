"""One line of a terminal that tells how far a command is; nothing where nobody watches."""

from typing import TYPE_CHECKING
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from django.core.management.base import OutputWrapper

WIDTH = 30
# Often enough to be seen moving, seldom enough not to be what takes the time.
STEPS = 200


class ProgressLine:
    """Written over and over at the same place, on a terminal only.

    A context: whatever ends it, the line is gone and the next output stands where it stood.
    """

    def __init__(self, stream: "OutputWrapper") -> None:
        self._stream = stream
        self._is_watched = stream.isatty()

    def __enter__(self) -> "ProgressLine":
        return self

    def __exit__(self, *_: object) -> None:
        self.say("")

    def say(self, words: str) -> None:
        """What is being done, where nobody can know for how long."""
        if self._is_watched:
            self._stream.write(f"\r\x1b[K{words}", style_func=str, ending="")
            self._stream.flush()

    def step(self, words: str, done: int, total: int) -> None:
        """How many of how many things are done."""
        if self._is_watched and (done in (0, total) or done % max(1, total // STEPS) == 0):
            share = done / total if total else 1.0
            self.say(f"{_padded(words)} [{bar(share)}] {share:4.0%} {done}/{total}")


def bar(share: float) -> str:
    """The part that is done, of WIDTH characters."""
    filled = int(WIDTH * share)
    return "#" * filled + "." * (WIDTH - filled)


def _padded(words: str) -> str:
    """Words of about one length, so that the bar does not jump; Chinese takes two places."""
    taken = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in words)
    return words + " " * max(0, 12 - taken)
