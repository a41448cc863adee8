"""Whom a county's closing reaches."""


def paths_down_to(path: str) -> list[str]:
    """The paths of all units that a unit lies below, from the topmost down, and its own."""
    codes = path.rstrip("/").split("/")
    return ["/".join(codes[:number]) + "/" for number in range(1, len(codes) + 1)]
