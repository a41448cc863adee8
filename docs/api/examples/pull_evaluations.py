"""Print where every unit stands today, for a dashboard.

python pull_evaluations.py [2026-10-31]
"""

import sys
from typing import Any

from portal_client import Portal


def standings(portal: Portal, as_of: str = "") -> list[dict[str, Any]]:
    """A line a unit: its standing, its figures, and what is missed or at risk, in words."""
    words = {"as_of": as_of} if as_of else {}
    return [
        {
            "unit": each["unit"],
            "name": each["name"],
            "standing": each["standing"],
            "sessions": each["figures"]["sessions"],
            "missing": [
                result["explanation"]["summary"]
                for result in each["results"]
                if result["outcome"] in ("missed", "at_risk")
            ],
        }
        for each in portal.all("evaluations", **words)
    ]


if __name__ == "__main__":
    for line in standings(Portal(), *sys.argv[1:2]):
        print(line["unit"], line["name"], line["standing"], line["sessions"], sep="\t")
        for summary in line["missing"]:
            print(f"\t{summary}")
