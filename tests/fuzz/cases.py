"""Requests: as the schema allows, as it forbids, and with what really exists put in."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.generation.feedback import NO_FEEDBACK

from tests.fuzz.callers import NOBODY, Caller
from tests.fuzz.ground import REFERENCES, Ground
from tests.fuzz.operations import Operation

ALLOWED, FORBIDDEN = GenerationMode.POSITIVE, GenerationMode.NEGATIVE


@st.composite
def cases(draw: st.DrawFn, operation: Operation, caller: Caller, ground: Ground) -> Case[Any]:
    """Two of three as the schema allows. Most are about the object on the ground, from the version
    that stands; half of the bodies are one that is right but for a field or two.
    """
    mode = draw(st.sampled_from([ALLOWED, ALLOWED, FORBIDDEN]))
    case: Case[Any] = draw(operation.described.as_strategy(mode, feedback=NO_FEEDBACK))
    # What is put in below is no longer what was generated as right or wrong: nothing hangs on it.
    object.__setattr__(case, "_meta", None)
    if ground.address and _often(draw, 8):
        case.path_parameters = {**case.path_parameters, **ground.address}
    if ground.etag and _often(draw, 8):
        case.headers["If-Match"] = ground.etag
    case.query = _words(draw, case.query, ground)
    case.body = _body(draw, case.body, ground)
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
    names = draw(st.lists(st.sampled_from(sorted(values)), max_size=2, unique=True))
    return {name: values[name] for name in names}


def _body(draw: st.DrawFn, body: Any, ground: Ground) -> Any:
    if not isinstance(body, dict):
        return body
    if ground.body and draw(st.booleans()):
        body = {**ground.body, **_some(draw, body)}
    return _referring(draw, body, ground)


def _referring(draw: st.DrawFn, value: Any, ground: Ground, name: str = "") -> Any:
    """The same with most references made to something that exists."""
    if isinstance(value, Mapping):
        return {key: _referring(draw, inner, ground, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_referring(draw, inner, ground, name) for inner in value[:20]]
    existing = ground.known.get(REFERENCES.get(name, ""), [])
    return draw(st.sampled_from(existing)) if existing and _often(draw, 7) else value
