"""Sending a city's monthly mails: one loop over one connection beside chunks in two processes.

    python -m benchmarks.mail [--quick] [--runs N]

Both compose the same mails (text and HTML, every open obligation explained) from the same rows
in PostgreSQL and speak to the same SMTP server in a process of its own. The loop is the simplest
thing that works: compose, send, mark, one mail after the other. Ours commits `sending` before
each message's DATA and may be killed at any moment. Medians of interleaved rounds.
"""

import argparse
import os
import subprocess
import sys
import tempfile

from tests.services.postgresql import start_server
from tests.services.smtp import smtp_server

UNITS, QUICK_UNITS = 1_500, 150


def main() -> None:
    """Starts a database and a mail server, and lets the senders of a child measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_UNITS} mails only")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    units = QUICK_UNITS if options.quick else UNITS
    command = [
        sys.executable, "-m", "benchmarks.mail_rounds",
        "--units", str(units), "--runs", str(options.runs),
    ]  # fmt: skip
    with smtp_server() as server, tempfile.TemporaryDirectory(prefix="portal-bench-") as folder:
        environment = os.environ | {
            "DATABASE_URL": start_server(),
            "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "SECRET_KEY": "secret-of-the-benchmarks",
            "VAR_DIR": folder,
        }
        with subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as senders:
            assert senders.stdin
            assert senders.stdout
            for _ in senders.stdout:
                senders.stdin.write(f"{len(server.received)} {server.connections}\n")
                senders.stdin.flush()
    sys.exit(senders.returncode)


if __name__ == "__main__":
    main()
