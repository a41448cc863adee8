"""Have the month's workbook made and save it.

python fetch_workbook.py 2026-10-31 汇总.xlsx
"""

import hashlib
import sys
import time
from pathlib import Path

from portal_client import Portal

EVERY_SECONDS = 2


def workbook(portal: Portal, as_of: str) -> bytes:
    """Asks for it, waits until it is made, and checks that it arrived whole."""
    job = portal.create("rollups", {"as_of": as_of})
    while job["state"] in ("queued", "running"):
        time.sleep(EVERY_SECONDS)
        job = portal.get(f"rollups/{job['id']}")
    if job["state"] != "done":
        raise RuntimeError(job["error"])
    content = portal.file(f"rollups/{job['id']}/file")
    if hashlib.sha256(content).hexdigest() != job["file"]["sha256"]:
        raise OSError("下载不完整，请重试。")
    return content


if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(workbook(Portal(), sys.argv[1]))
