"""R19, R20: forms sent twice in one moment, and two people at one record."""

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random
from urllib.parse import urlsplit

from sessions.models import StudySession
from tests.faults.county import clerks
from tests.faults.forms import NEW, Writer, half_written
from tests.faults.scenario import Outcome, Scenario
from tests.faults.stack import Stack
from tests.faults.visitor import Answer, Visitor, all_at_once

IMPRINT = re.compile(r'name="imprint" value="([^"]*)"')
CONFLICT = 409
FIELDS = ("theme", "place")
"""What the one and the other of two people changes."""


def submit_twice(stack: Stack, chance: Random) -> Outcome:
    """Each form goes out twice at once, over two connections, as after an impatient click."""
    pairs, hands = stack.number(10_000, 24), stack.number(8, 4)
    writer = Writer(hands)
    with stack.web() as web:
        people = clerks(web.port, hands)

        def one_hand(visitor: Visitor) -> Counter[str]:
            ended: Counter[str] = Counter()
            for _ in range(pairs // hands):
                form = writer.new(visitor)
                answers = all_at_once([partial(visitor.post, NEW, form)] * 2)
                ended.update(str(answer.status) for answer in answers)
                ended["apart"] += _address(answers[0]) != _address(answers[1])
            return ended

        ended: Counter[str] = Counter()
        with ThreadPoolExecutor(hands) as pool:
            for one in pool.map(one_hand, people):
                ended.update(one)
    done = pairs // hands * hands
    stored = StudySession.objects.exclude(form_token=None).count()
    outcome = Outcome(
        f"{done:,} forms × 2",
        duplicates=max(0, stored - done),
        lost=max(0, done - stored),
        errors=sum(n for status, n in ended.items() if status[0] in "05"),
        notes=", ".join(f"{n:,} × {status}" for status, n in sorted(ended.items()) if n),
    )
    outcome.expect(ended["200"] == 2 * done, "not both were told it is kept")
    outcome.expect(ended["apart"] == 0, "the two were sent to different records")
    outcome.expect(half_written() == 0, "half-written records")
    return outcome


def edit_together(stack: Stack, chance: Random) -> Outcome:
    """Two people open one record; each changes another field and saves at the same moment.

    Whoever comes second gets both versions to choose from, and keeps both changes.
    """
    pairs, hands = stack.number(1000, 8), stack.number(4, 2)
    writer = Writer(hands)
    ended: Counter[str] = Counter()
    with stack.web() as web, ThreadPoolExecutor(hands) as pool:
        people = clerks(web.port, hands)
        for one in pool.map(lambda each: _edits(each, writer, pairs // hands), people):
            ended.update(one)
    done = pairs // hands * hands
    outcome = Outcome(
        f"{done:,} pairs",
        lost=ended["lost"],
        errors=sum(n for status, n in ended.items() if status[0] in "05"),
        notes=f"{ended['conflict']} conflicts shown, {ended['resolved']} resolved",
    )
    outcome.expect(ended["conflict"] == done, "not every pair was told of the other")
    outcome.expect(ended["resolved"] == done, "a conflict could not be resolved")
    return outcome


def _edits(visitor: Visitor, writer: Writer, pairs: int) -> Counter[str]:
    """One record after the other, each edited by two hands of the same unit."""
    ended: Counter[str] = Counter()
    for number in range(pairs):
        form = writer.new(visitor)
        address = _address(visitor.post(NEW, form))
        opened = IMPRINT.search(visitor.get(address).body)
        if opened is None:
            ended["lost"] += 1
            continue
        form |= {"imprint": opened[1]}
        del form["autosave"]
        wanted = {name: f"改动{number}{name}" for name in FIELDS}
        forms = [form | {name: wanted[name]} for name in FIELDS]
        answers = all_at_once([partial(visitor.post, address, sent) for sent in forms])
        ended.update(str(answer.status) for answer in answers)
        late = [place for place, answer in enumerate(answers) if answer.status == CONFLICT]
        ended["conflict"] += len(late)
        if len(late) == 1:
            answer = visitor.post(address, forms[late[0]] | _choices(answers[late[0]], late[0]))
            ended["resolved"] += answer.status == 302
        token = form["token"]
        stored = StudySession.objects.filter(form_token=token).values(*FIELDS).first()
        ended["lost"] += stored != wanted
    return ended


def _choices(conflict: Answer, mine: int) -> dict[str, str]:
    """What the page proposes: mine where I changed something, theirs where they did."""
    version = re.search(r'name="version" value="(\d+)"', conflict.body)
    imprint = IMPRINT.search(conflict.body)
    return {
        f"keep-{FIELDS[mine]}": "mine",
        f"keep-{FIELDS[1 - mine]}": "theirs",
        "version": version[1] if version else "",
        "imprint": imprint[1] if imprint else "",
    }


def _address(answer: Answer) -> str:
    """Where the record is from now on: said by the script's answer or by the redirect."""
    found = re.search(r'"address": "([^"]+)"', answer.body)
    return found[1] if found else urlsplit(answer.location).path


SCENARIOS = (
    Scenario("double submits", "R19", submit_twice),
    Scenario("two clerks", "R20", edit_together),
)
