"""Bring the sessions that another system keeps into the portal: all of them, or none.

    python push_sessions.py sessions.json

The file holds a list of records as the interface's documentation describes them, such as

    [{"unit": "QS001", "date": "2026-11-06", "form": "discussion", "theme": "……",
      "place": "三楼会议室", "chair": "……", "content": "……", "others": "present",
      "attendance": [{"member": 17, "status": "leave", "leave_kind": "sick"}],
      "speeches": [{"member": 15, "kind": "key", "title": "……"}]}]
"""

import json
import sys
from pathlib import Path

from portal_client import Portal, Refused


def push(portal: Portal, records: list[dict[str, object]]) -> list[int]:
    """Keeps them as drafts and returns their ids; a clerk looks through them and submits."""
    made = portal.create("sessions/bulk", {"sessions": records})
    return [each["id"] for each in made["sessions"]]


if __name__ == "__main__":
    try:
        ids = push(Portal(), json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    except Refused as refusal:
        sys.exit(str(refusal))
    print(f"已登记 {len(ids)} 次学习（草稿），编号：{ids}")
