"""Requests: as the schema allows, as it forbids, and with what really exists put in."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.generation.feedback import NO_FEEDBACK

from tests.fuzz.callers import NOBODY, Caller
from tests.fuzz.ground import REFERENCES, Ground
from tests.fuzz.operations import Operation
from tests.portal.access.oddities import ODD_NAMES, ODD_NUMBERS, ODD_WORDS

ALLOWED, FORBIDDEN = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
DAYS = ("0001-01-01", "9999-12-31", "2026-02-30", "2026-13")
# What a program may send where it should not; half of a surrogate pair only JSON can carry.
ODD_VALUES: tuple[Any, ...] = (
    *ODD_WORDS,
    *DAYS,
    *ODD_NUMBERS,
    "\ud800",
    None,
    True,
    -1,
    1.5,
    [],
    {},
    [[]],
    [None],
)
ODD_IN_ADDRESSES = tuple(str(each) for each in (*ODD_NAMES, *ODD_NUMBERS, *DAYS, 2**31, 2**63))


@st.composite
def cases(draw: st.DrawFn, operation: Operation, caller: Caller, ground: Ground) -> Case[Any]:
    """Two of three as the schema allows. Most are about the object on the ground, from the version
    that stands; half of the bodies are one that is right but for a field or two; a few hold
    something odd.
    """
    mode = draw(st.sampled_from([ALLOWED, ALLOWED, FORBIDDEN]))
    case: Case[Any] = draw(operation.described.as_strategy(mode, feedback=NO_FEEDBACK))
    # What is put in below is no longer what was generated as right or wrong: nothing hangs on it.
    object.__setattr__(case, "_meta", None)
    if ground.address and _often(draw, 8):
        case.path_parameters = {**case.path_parameters, **ground.address}
    if ground.etag and _often(draw, 8):
        case.headers["If-Match"] = ground.etag
    case.query = _odd(draw, _words(draw, case.query, ground), ODD_IN_ADDRESSES)
    case.body = _odd(draw, _body(draw, case.body, ground), ODD_VALUES)
    case.path_parameters = _odd(draw, case.path_parameters, ODD_IN_ADDRESSES)
    _sign(draw, case, caller)
    return case


def _often(draw: st.DrawFn, of_ten: int) -> bool:
    return draw(st.integers(0, 9)) < of_ten


def _sign(draw: st.DrawFn, case: Case[Any], caller: Caller) -> None:
    """Nobody sends what was generated for a token, or nothing."""
    if caller.name != NOBODY or draw(st.booleans()):
        case.headers.pop("Authorization", None)
        case.cookies = dict(caller.cookies)
    case.headers.update(caller.headers)


def _words(draw: st.DrawFn, query: Any, ground: Ground) -> Any:
    """All at once, or one or two: a list refuses as soon as one of its words makes no sense."""
    if not isinstance(query, dict) or not query:
        return query
    if _often(draw, 5):
        query = _some(draw, query)
    return _referring(draw, query, ground)


def _some(draw: st.DrawFn, values: dict[str, Any]) -> dict[str, Any]:
    """At most two of them."""
    if not values:
        return values
    most = draw(st.integers(0, min(2, len(values))))
    names = draw(st.lists(st.sampled_from(sorted(values)), max_size=most, unique=True))
    return {name: values[name] for name in names}


def _body(draw: st.DrawFn, body: Any, ground: Ground) -> Any:
    if not isinstance(body, dict):
        return body
    if draw(st.booleans()) and ground.body:
        body = {**ground.body, **_some(draw, body)}
    return _referring(draw, body, ground)


def _odd(draw: st.DrawFn, values: Any, odd: tuple[Any, ...]) -> Any:
    """One in ten with something odd at one place, at whatever depth."""
    if not isinstance(values, dict) or not values or _often(draw, 9):
        return values
    return _with_one(draw, values, odd)


def _with_one(draw: st.DrawFn, values: Any, odd: tuple[Any, ...]) -> Any:
    if values and isinstance(values, dict):
        name = draw(st.sampled_from(sorted(values)))
        return {**values, name: _with_one(draw, values[name], odd)}
    if values and isinstance(values, list):
        return [_with_one(draw, values[0], odd), *values[1:]]
    return draw(st.sampled_from(odd))


def _referring(draw: st.DrawFn, value: Any, ground: Ground, name: str = "") -> Any:
    """The same with most references made to something that exists."""
    if isinstance(value, Mapping):
        return {key: _referring(draw, inner, ground, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_referring(draw, inner, ground, name) for inner in value[:20]]
    existing = ground.known.get(REFERENCES.get(name, ""), [])
    return draw(st.sampled_from(existing)) if existing and _often(draw, 7) else value
