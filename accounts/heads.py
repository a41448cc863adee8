"""The trail's last line, noted outside the database every hour.

The chain of digests shows a changed line and a gap, but not that its end was cut off: what is left
is whole. Whoever cuts it would have to cut this file too, which may lie on another disk
(``TRAIL_HEADS``), and the log that goes with it.
"""

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.audit import Chain
from accounts.models import AuditEvent

logger = logging.getLogger(__name__)


def note_head(*, at: datetime) -> bool:
    """Appends id and digest of the last line; False if it is noted already, or there is none."""
    last = AuditEvent.objects.order_by("-id").values_list("id", "digest").first()
    if last is None or last == next(reversed(list(_noted())), None):
        return False
    number, digest = last
    with Path(settings.TRAIL_HEADS).open("a", encoding="ascii") as file:
        file.write(f"{at.isoformat()} {number} {digest}\n")
    logger.info("last line of the audit trail: %s %s", number, digest)
    return True


def missing_heads() -> list[int]:
    """Ids of the noted lines that are no longer there as they were."""
    noted = list(_noted())
    rows = AuditEvent.objects.filter(pk__in=[pk for pk, _digest in noted])
    found = set(rows.values_list("id", "digest"))
    return [pk for pk, digest in noted if (pk, digest) not in found]


def verdict(chain: Chain, missing: list[int]) -> list[str]:
    """What following the chain and looking for the noted lines found, in sentences."""
    said = []
    if chain.broken_at is not None:
        words = _("链在第 %(number)s 条断开：编号 %(pk)s 的记录被改动，或它之前有记录被删除。")
        said.append(words % {"number": chain.lines, "pk": chain.broken_at})
    if missing:
        words = _(
            "有 %(count)s 条留底对不上（编号 %(pks)s 等）：日志末尾被截去过，或库是从备份恢复的。"
        )
        shown = "、".join(str(pk) for pk in missing[:5])
        said.append(words % {"count": len(missing), "pks": shown})
    if not said:
        words = _("链校验一致：共 %(lines)s 条，末条校验值 %(head)s。")
        said.append(words % {"lines": chain.lines, "head": chain.head[:16]})
    return said


def _noted() -> Iterator[tuple[int, str]]:
    path = Path(settings.TRAIL_HEADS)
    if not path.exists():
        return
    with path.open(encoding="ascii") as file:
        for line in file:
            _moment, number, digest = line.split()
            yield int(number), digest
