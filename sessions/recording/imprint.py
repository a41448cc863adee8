"""What a record said when its form was opened, so short that the form can carry it.

Where two versions meet, it tells what each side changed, and so which one to propose.
"""

from zlib import crc32

from sessions.recording.written import COLUMNS, Written


def imprint(written: Written) -> str:
    """Each part by name with a checksum: ``theme:1f3c9a02 place:…``."""
    return " ".join(f"{name}:{_sum(name, written)}" for name in _names(written))


def changed_since(opened: str, written: Written) -> set[str]:
    """The names of what the version says differently; of everything, if the imprint is spoilt."""
    sums = dict(part.split(":", 1) for part in opened.split() if ":" in part)
    return {name for name in _names(written) if sums.get(name) != _sum(name, written)}


def _names(written: Written) -> list[str]:
    return [*COLUMNS, "topics", "joint_units", *(f"mark-{person}" for person in written.marks)]


def _sum(name: str, written: Written) -> str:
    if name in written.facts:
        value: object = written.facts[name]
    elif name == "topics":
        value = sorted(written.topics)
    elif name == "joint_units":
        value = sorted(written.joint_units)
    else:
        value = written.marks[int(name[5:])]
    return f"{crc32(repr(value).encode()):08x}"
