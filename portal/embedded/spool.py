"""Messages as files: written whole or not at all, taken by one reader only, kept until done.

Layout below one folder (one file system, since every step is a rename):

    incoming/            being written; nobody reads here
    ready/<queue>/       complete messages, oldest name first
    claimed/<queue>/     taken and not yet acknowledged
    broken/              what could not be read, for a person to look at

kombu's own file transport writes under the final name and reads while others still write, which
loses messages and lets a torn file stop the worker; hence this one.
"""

import logging
import os
import time
import uuid
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote

logger = logging.getLogger(__name__)

FRESH = ".msg"
AGAIN = ".again"  # was claimed before: the first reader gave it back or died
ABANDONED_AFTER_SECONDS = 3600


class Claim(NamedTuple):
    """A message taken from its queue; `tag` names it until it is done or given back."""

    tag: str
    body: bytes
    redelivered: bool


class Spool:
    """Queues below one folder, shared by any number of writing and reading processes.

    One instance serves one thread at a time, except `done`, which any thread may call.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.incoming = root / "incoming"
        self.ready = root / "ready"
        self.claimed = root / "claimed"
        self.broken = root / "broken"
        for folder in (self.incoming, self.ready, self.claimed, self.broken):
            folder.mkdir(parents=True, exist_ok=True)
        # Listing a long queue for every single message would be quadratic.
        self._listed: dict[str, deque[str]] = {}

    def put(self, queue: str, body: bytes) -> None:
        """Append a message. It is on the disk when this returns; OSError if it cannot be."""
        name = f"{time.time_ns():020d}-{uuid.uuid4().hex}{FRESH}"
        draft = self.incoming / name
        try:
            with draft.open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            self._move(draft, self._folder(self.ready, queue) / name)
        except OSError:
            draft.unlink(missing_ok=True)
            raise

    def take(self, queue: str) -> Claim | None:
        """Claim the oldest readable message of the queue, or None if there is none."""
        folder = self._folder(self.ready, queue)
        for name in self._names(queue, folder):
            tag = f"{folder.name}/{name}"
            claim = self.claimed / tag
            try:
                self._move(folder / name, claim)
            except FileNotFoundError:
                continue  # another reader was quicker
            try:
                return Claim(tag, claim.read_bytes(), redelivered=name.endswith(AGAIN))
            except OSError as error:
                self.set_aside(tag, str(error))
        return None

    def done(self, tag: str) -> None:
        """Forget a claimed message: its work is finished. Harmless to call twice."""
        (self.claimed / tag).unlink(missing_ok=True)

    def give_back(self, tag: str) -> None:
        """Put a claimed message back in its old place, marked as delivered before."""
        target = (self.ready / tag).with_suffix(AGAIN)
        try:
            self._move(self.claimed / tag, target)
        except FileNotFoundError:
            logger.debug("message %s was done before it could be given back", tag)

    def set_aside(self, tag: str, reason: str) -> None:
        """Move a claimed message nobody can read out of the way, so that work goes on."""
        target = self.broken / tag.replace("/", "~")
        logger.error("unreadable message moved to %s: %s", target, reason)
        self._move(self.claimed / tag, target)

    def restore(self) -> int:
        """Return what dead readers held to its queues, and say how many messages that were.

        Only right while nobody reads: called before the single worker starts.
        """
        tags = [f"{path.parent.name}/{path.name}" for path in sorted(self.claimed.glob("*/*"))]
        for tag in tags:
            self.give_back(tag)
        oldest = time.time() - ABANDONED_AFTER_SECONDS
        for draft in self.incoming.iterdir():
            # A writer may finish or withdraw its draft while we look.
            try:
                if draft.stat().st_mtime < oldest:
                    draft.unlink()
            except FileNotFoundError:
                continue
        return len(tags)

    def purge(self, queue: str) -> int:
        """Delete the waiting messages of a queue; those already claimed stay."""
        self._listed.pop(queue, None)
        count = 0
        for path in self._waiting(queue):
            path.unlink(missing_ok=True)
            count += 1
        return count

    def size(self, queue: str) -> int:
        """Number of messages waiting in a queue."""
        return sum(1 for _ in self._waiting(queue))

    def queues(self) -> list[str]:
        """Names of all queues that ever held a message."""
        return sorted(unquote(path.name) for path in self.ready.iterdir())

    def _waiting(self, queue: str) -> Iterator[Path]:
        folder = self._folder(self.ready, queue)
        return folder.iterdir() if folder.is_dir() else iter(())

    def _names(self, queue: str, folder: Path) -> Iterator[str]:
        """Names in order of age: first what the last look still holds, then one new look."""
        listed = self._listed.setdefault(queue, deque())
        for look_again in (True, False):
            while listed:
                yield listed.popleft()
            if look_again and folder.is_dir():
                listed.extend(sorted(path.name for path in folder.iterdir()))

    @staticmethod
    def _folder(parent: Path, queue: str) -> Path:
        # A queue's name comes from outside; quoted, it can name nothing but a child.
        return parent / (quote(queue, safe="@").replace(".", "%2E") or "%")

    @staticmethod
    def _move(source: Path, target: Path) -> None:
        try:
            source.rename(target)
        except FileNotFoundError:
            # A queue's first message; somebody else may be making the folder at this moment.
            target.parent.mkdir(exist_ok=True)
            source.rename(target)
