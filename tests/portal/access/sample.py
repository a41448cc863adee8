"""What the policy test needs to know of one route and method."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from accounts.models import User
from units.models import Unit

Make = Callable[[User, Unit], dict[str, object]]


@dataclass(frozen=True)
class Sample:
    make: Make | None = None
    missing: Mapping[str, object] = field(default_factory=dict)
    body: Mapping[str, object] = field(default_factory=dict)
    # Of the API: what is sent about an object in a unit, and the route whose ETag a write needs.
    sends: Callable[[User, Unit], object] | None = None
    read: str = ""
    canary: Callable[[User, Unit], str] | None = None
    shared: bool = False  # the whole county's: there is no foreign one
    is_over: bool = False  # answers nobody any more in a county that has accounts
