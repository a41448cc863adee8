"""R16, R17: PostgreSQL restarts or stays away while people write and workers work."""

import re
import threading
import time
from collections.abc import Callable
from random import Random

from sessions.models import StudySession
from tests.faults import work
from tests.faults.county import clerks
from tests.faults.forms import NEW, Writer, half_written
from tests.faults.scenario import Outcome, Scenario
from tests.faults.stack import Stack, use_database_afresh
from tests.faults.visitor import Answer, Load, Visitor

UNAVAILABLE = 503
KEPT = re.compile(r'name="token" value="([^"]+)"')


class Authors:
    """Clerks who send drafts, and note which were acknowledged and which were cut off."""

    def __init__(self, writer: Writer) -> None:
        self.acknowledged: set[str] = set()
        self.cut: list[tuple[Visitor, dict[str, str]]] = []
        self.unkept = 0
        self._writer = writer
        self._lock = threading.Lock()

    def write(self, visitor: Visitor, turn: int) -> Answer:
        if turn % 3 == 0:
            return visitor.get("/sessions/")
        form = self._writer.new(visitor)
        if turn % 3 == 1:
            del form["autosave"]  # by the button, not by the script
        answer = visitor.post(NEW, form)
        with self._lock:
            if answer.status in (200, 302):
                self.acknowledged.add(form["token"])
            else:
                self.cut.append((visitor, form))
                kept = KEPT.search(answer.body)
                self.unkept += answer.status == UNAVAILABLE and (
                    kept is None or kept[1] != form["token"]
                )
        return answer

    def send_again(self) -> int:
        """Everything that was cut off, with the same token; how many were still refused."""
        return sum(visitor.post(NEW, form).status not in (200, 302) for visitor, form in self.cut)


def restarts(stack: Stack, chance: Random) -> Outcome:
    """`pg_ctl restart -m immediate` under load."""
    times = stack.number(10, 1)

    def hit() -> None:
        for _ in range(times):
            time.sleep(chance.uniform(0.5, 2) if stack.is_full else 0.5)
            stack.postgresql.restart_at_once()

    return _without_database(stack, hit, f"{times} restarts, ", pause=0.05)


def stays_away(stack: Stack, chance: Random) -> Outcome:
    """The server is stopped for a while."""
    seconds = stack.number(300, 2)

    def hit() -> None:
        stack.postgresql.stop_at_once()
        time.sleep(seconds)
        stack.postgresql.start()

    # In five minutes people do not press a button twenty times a second.
    return _without_database(stack, hit, f"{seconds} s away, ", pause=0.5)


def _without_database(
    stack: Stack, hit: Callable[[], None], words: str, *, pause: float
) -> Outcome:
    count = stack.number(8, 4)
    authors = Authors(Writer(count))
    with stack.web() as web, stack.clockwork():
        people = clerks(web.port, count)
        asked = work.ask(stack.number(100, 4), "database")
        with Load(people, authors.write, pause=pause) as load:
            time.sleep(1)
            hit()
            time.sleep(2)
        use_database_afresh()
        before = set(_tokens())
        again = authors.send_again()
        work.wait_until_over()
    stored = _tokens()
    sent = authors.acknowledged | {form["token"] for _visitor, form in authors.cut}
    statuses = load.statuses
    outcome = Outcome(
        f"{words}{sum(statuses.values()):,} requests, {len(asked)} jobs",
        duplicates=len(stored) - len(set(stored)),
        lost=len(authors.acknowledged - before) + len(sent - set(stored)),
        errors=sum(n for status, n in statuses.items() if status >= 500 and status != UNAVAILABLE),
        notes=f"{statuses[UNAVAILABLE]} × 503, {statuses[0]} cut; "
        f"{len(authors.cut)} forms sent again",
    )
    outcome.expect(again == 0, f"{again} forms could not be sent again")
    outcome.expect(half_written() == 0, "half-written records")
    outcome.expect(not authors.unkept, f"{authors.unkept} × 503 without the form")
    outcome.expect(statuses[UNAVAILABLE] > 0, "nobody noticed the database was gone")
    # Ten restarts within a quarter of a minute may meet one job at all its three attempts.
    return work.judge(outcome, may_fail=True)


def _tokens() -> list[str]:
    tokens = StudySession.objects.exclude(form_token=None).values_list("form_token", flat=True)
    return [str(token) for token in tokens]


SCENARIOS = (
    Scenario("PostgreSQL restarts under load", "R16", restarts),
    Scenario("PostgreSQL away", "R17", stays_away),
)
