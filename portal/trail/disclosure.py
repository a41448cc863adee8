"""How much of a line's values those who read the trail may see.

Whoever supervises sees no study content. Of what units wrote the trail therefore tells which
fields changed and a fingerprint of each value: equal values have equal fingerprints, nothing else
can be learnt from one. What administration is made of (accounts, roles, settings, refusals,
exports) is shown as it is, and so are counts and states of everything.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import AuditEvent
from portal.trail import words

# Whoever adds a kind of object need not think of the auditor: it is closed until named here.
OPEN_KINDS = frozenset(
    {
        "accounts.auditevent",
        "accounts.onetimelink",
        "accounts.signin",
        "accounts.user",
        "reports.ruleset",
        "units.apitoken",
        "units.assignment",
        "units.roleproposal",
    }
)
OPEN_ACTIONS = ("access.", "account.", "assignment.", "export.", "trail.")
OPEN_NAMES = frozenset(
    {
        *("api_token", "created", "read", "refused", "rows", "size", "version", "year"),
        *("format", "sha256", "state", "status"),
    }
)
FINGERPRINT_LENGTH = 8


@dataclass(frozen=True)
class Change:
    """One value of a line before and after; empty where there was none."""

    label: str
    before: str
    after: str


def is_open(event: AuditEvent, name: str) -> bool:
    """Whether the value of the name may be read, not only compared."""
    if name in OPEN_NAMES or words.label_of(event.object_type) in OPEN_KINDS:
        return True
    return event.action.startswith(OPEN_ACTIONS)


def changes_of(event: AuditEvent, people: Mapping[str, str]) -> list[Change]:
    """What the line says of before and after; ``people`` are names of accounts by id."""
    before, after = _mapping(event.before), _mapping(event.after)
    told = []
    for name in dict.fromkeys([*before, *after]):
        pair = [
            _shown(event, name, values[name], people) if name in values else ""
            for values in (before, after)
        ]
        told.append(Change(words.field_words(event.object_type, name), *pair))
    return told


def _mapping(values: Any) -> dict[str, Any]:
    return values if isinstance(values, dict) else {"rows": values} if values else {}


def _shown(event: AuditEvent, name: str, value: Any, people: Mapping[str, str]) -> str:
    if not is_open(event, name):
        return _fingerprint(value)
    if name == "route":
        return words.route_words(str(value), str(event.after.get("method", "")))
    if name == "user":
        return people.get(str(value), f"#{value}")
    choices = dict(getattr(words.field_of(event.object_type, name), "flatchoices", ()) or ())
    return _plain(choices.get(value, value) if isinstance(value, str | int) else value)


def _fingerprint(value: Any) -> str:
    if value in ("", None, [], {}):
        return _("（空）")
    text = json.dumps(value, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    mark = salted_hmac("portal.trail", text).hexdigest()[:FINGERPRINT_LENGTH]
    return _("内容不显示，指纹 %(mark)s") % {"mark": mark}


def _plain(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return _("（空）")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return "、".join(_plain(each) for each in value)
    if isinstance(value, dict):
        return "，".join(f"{name}：{_plain(each)}" for name, each in value.items())
    return str(value)
