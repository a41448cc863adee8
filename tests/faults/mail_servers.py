"""R13, R14: a mail server that refuses some, breaks off, answers too late, or says nothing."""

import os
import time
from collections import Counter
from collections.abc import Mapping
from random import Random

from django.conf import settings

from reports.models import Delivery
from tests.faults.county import make_mails
from tests.faults.scenario import Outcome, Scenario
from tests.faults.stack import Stack
from tests.reports.mail import NOW
from tests.reports.senders import senders
from tests.services.smtp import black_hole, smtp_server

FAULTS: Mapping[str, tuple[str, bool]] = {
    "refused550": ("bounced", False),
    "later451": ("bounced", False),
    "baddata552": ("bounced", False),
    "latedata452": ("bounced", False),
    "goodbye421": ("bounced", False),
    "drop": ("unknown", False),
    "slowdata": ("unknown", True),
}
"""What a recipient of this name ends as after a day, and whether the server took the mail.

What is refused for now is tried again after 5, 30 and 120 minutes, and given up within a day.
"""
A_DAY_OF_TRIES = [*range(0, 48, 6), *range(60, 27 * 60, 61)]
"""Minutes at which a sender looks."""


def refuse_some(stack: Stack, chance: Random) -> Outcome:
    """Every tenth recipient has one of the faults; slow ones are few, each takes seconds."""
    count = stack.number(1200, 70)
    slow = stack.number(12, 1)
    kinds = [kind for kind in FAULTS if kind != "slowdata"]
    faults = [kinds[n % len(kinds)] for n in range(count // 10 - slow)] + ["slowdata"] * slow
    names = faults + ["unit"] * (count - len(faults))
    chance.shuffle(names)
    recipients = [f"{name}@u{number}.example" for number, name in enumerate(names)]
    make_mails(recipients, at=NOW)
    with smtp_server() as server, senders(os.environ["DATABASE_URL"], server.port) as processes:
        for minutes in (
            A_DAY_OF_TRIES if stack.is_full else A_DAY_OF_TRIES[:: len(A_DAY_OF_TRIES) - 1]
        ):
            processes.run(minutes)
        arrived = Counter(address for address, _message in server.received)
    ended = dict(Delivery.objects.values_list("recipient", "state"))
    wanted = {each: FAULTS.get(each.partition("@")[0], ("sent", True)) for each in recipients}
    wrong = {each for each, (state, _taken) in wanted.items() if ended[each] != state}
    plain = [each for each in recipients if each.startswith("unit@")]
    outcome = Outcome(
        f"{count:,} mails, {len(faults)} with a fault of {len(FAULTS)} kinds",
        duplicates=sum(times - 1 for times in arrived.values()),
        lost=len(set(plain) - arrived.keys()),
        notes=", ".join(f"{n} {state}" for state, n in sorted(Counter(ended.values()).items())),
    )
    outcome.expect(not wrong, f"{len(wrong)} ended in another state than they should")
    falsely = {each for each, state in ended.items() if state == "sent"} - arrived.keys()
    outcome.expect(not falsely, f"{len(falsely)} falsely sent")
    return outcome


def say_nothing(stack: Stack, chance: Random) -> Outcome:
    """The server takes connections and keeps silent; later it is mended."""
    mails = make_mails([f"unit@u{n}.example" for n in range(stack.number(120, 30))], at=NOW)
    senders_in_vain = stack.number(6, 2)
    with black_hole() as port, senders(os.environ["DATABASE_URL"], port) as processes:
        begun = time.monotonic()
        for turn in range(senders_in_vain):
            processes.run(turn * 6)
        each = (time.monotonic() - begun) / senders_in_vain
    waiting = Delivery.objects.filter(state="queued", attempts=0).count()
    with smtp_server() as server, senders(os.environ["DATABASE_URL"], server.port) as processes:
        processes.run(senders_in_vain * 6)
        arrived = Counter(server.message_ids())
    outcome = Outcome(
        f"{len(mails)} mails, {senders_in_vain} senders held up",
        duplicates=sum(times - 1 for times in arrived.values()),
        lost=len(set(mails) - arrived.keys()),
        notes=f"a sender let go after {each:.1f} s (EMAIL_TIMEOUT {settings.EMAIL_TIMEOUT} s)",
    )
    outcome.expect(waiting == len(mails), "a mail's state changed although nobody answered")
    outcome.expect(each < settings.EMAIL_TIMEOUT + 5, "a silent server holds the sender")
    return outcome


SCENARIOS = (
    Scenario("mail server refuses a tenth", "R13", refuse_some),
    Scenario("mail server hangs", "R14", say_nothing),
)
