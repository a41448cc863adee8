"""A sender to be killed: forks one for each line of its input, a number of minutes after NOW.

DATABASE_URL=… EMAIL_URL=… python -m tests.reports.sender
"""

import os
import sys

import django

django.setup()

from reports.sending import send_chunk  # noqa: E402  the apps must be loaded first
from tests.reports.mail import Clock, plain_composer  # noqa: E402


def main() -> None:
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            clock = Clock()
            clock.move(minutes=float(line))
            while send_chunk(clock=clock, composer=plain_composer):
                pass
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)
        sys.stdout.write("ended\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
