"""Signs in as the sample county's administrator and looks, in whichever release it runs.

    python -P visit.py --password WORD [--work] [--close 2025-12 ...] [--years 2025 ...]

Does a few things that leave rows (`--work`), closes the months named, then asks for the pages of
the department and, verified, for the closed months of the years named. Prints the status of each
and ends with 1 if one did not answer as it should. Imports nothing of the portal: addresses are
promised to last, modules are not.
"""

import argparse
import re
import sys

import django
from django.test import Client

PAGES = (
    *("/", "/overview/", "/sessions/", "/plans/", "/closings/", "/exports/", "/mails/"),
    *("/rules/", "/waivers/", "/sit-ins/", "/findings/", "/hints/", "/topics/"),
)
INTACT = "校验一致"
CLOSED = re.compile(r'href="(/closings/\d+/)"')


class Visit:
    """One browser session; ``wrong`` counts the answers that were not what they should be."""

    def __init__(self, password: str) -> None:
        self.wrong = 0
        self._client = Client(headers={"host": "127.0.0.1"})
        sent = {"username": "admin", "password": password}
        self.told("/sign-in/", self._client.post("/sign-in/", sent).status_code, 302)

    def told(self, address: str, status: int, due: int = 200, words: str = "") -> None:
        self.wrong += status != due or bool(words)
        sys.stdout.write(f"{status} {address} {words}\n")

    def look(self, address: str) -> str:
        answer = self._client.get(address)
        self.told(address, answer.status_code)
        return str(answer.content.decode())

    def send(self, address: str, **sent: str) -> None:
        self.told(address, self._client.post(address, sent).status_code, 302)

    def work(self) -> None:
        """A word to the department, a search that waits, a stranger who cannot get in."""
        self.send("/feedback/", text="请在本页说明补学的期限。")
        self.send("/hints/search/")
        stranger = Client(headers={"host": "127.0.0.1"})
        answer = stranger.post("/sign-in/", {"username": "leader", "password": "not it"})
        self.told("/sign-in/", answer.status_code)

    def close(self, month: str) -> None:
        answer = self._client.post("/closings/close/", {"month": month})
        led_to = answer.headers.get("Location", "")
        is_closed = re.fullmatch(r"/closings/\d+/", led_to) is not None
        self.told(f"/closings/close/ {month}", answer.status_code, 302, "" if is_closed else led_to)
        if is_closed:
            self.send(f"{led_to}reopening/", reason="示例单位漏报一次学习，拟补录后重新封账。")

    def closed_months(self, years: list[int]) -> None:
        for year in years:
            for address in sorted(set(CLOSED.findall(self.look(f"/closings/?year={year}")))):
                page = self.look(f"{address}?check=1")
                self.told(address, 200, words="" if INTACT in page else "not intact")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--password", required=True)
    parser.add_argument("--work", action="store_true")
    parser.add_argument("--close", nargs="*", default=[], metavar="MONTH")
    parser.add_argument("--years", nargs="*", type=int, default=[])
    options = parser.parse_args()
    django.setup()
    visit = Visit(options.password)
    if options.work:
        visit.work()
    for month in options.close:
        visit.close(month)
    for page in PAGES:
        visit.look(page)
    visit.closed_months(options.years)
    return 1 if visit.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
