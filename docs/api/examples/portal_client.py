"""A small client of the portal's API: Python 3.9 or newer, nothing to install.

Copy it beside your own script. Address and token are read from the environment:

    export PORTAL_URL=https://study.example.gov.cn
    export PORTAL_TOKEN=csp_…          # 网页右上角姓名 → 我的接口令牌
"""

import json
import os
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from typing import Any, Optional, Union
from uuid import uuid4

PATIENCE = 5


class Refused(Exception):  # noqa: N818  reads as what happened
    """The portal said no. ``problem`` is its answer: type, title, detail and errors by field."""

    def __init__(self, problem: dict[str, Any]) -> None:
        lines = [problem["detail"]]
        lines += [f"  {each['field']}: {each['message']}" for each in problem["errors"]]
        super().__init__("\n".join(lines))
        self.problem = problem


class Portal:
    """One portal, as one token may use it."""

    def __init__(self, address: str = "", token: str = "") -> None:
        self.address = (address or os.environ["PORTAL_URL"]).rstrip("/")
        self.token = token or os.environ["PORTAL_TOKEN"]

    def get(self, path: str, **words: Any) -> dict[str, Any]:
        """One object, or one page of a list. ``etag`` stands under that name in an object."""
        return self._json("GET", path, words=words)

    def all(self, path: str, **words: Any) -> Iterator[dict[str, Any]]:
        """Every row of a list, page after page."""
        page = 1
        while True:
            found = self.get(path, page=page, page_size=200, **words)
            yield from found["results"]
            if not found["next"]:
                return
            page += 1

    def create(self, path: str, body: Any) -> dict[str, Any]:
        """Sends it until there is an answer; the key keeps a repeat from being done twice."""
        return self._json("POST", path, body=body, headers={"Idempotency-Key": uuid4().hex})

    def act(self, path: str, read: dict[str, Any], body: Any = None) -> dict[str, Any]:
        """An action on an object as it was read: refused if somebody changed it meanwhile."""
        headers = {"Idempotency-Key": uuid4().hex, "If-Match": read["etag"]}
        return self._json("POST", path, body=body or {}, headers=headers)

    def change(self, path: str, read: dict[str, Any], body: Any, how: str = "PATCH") -> Any:
        """A change of an object as it was read; ``how`` is PATCH, PUT or DELETE."""
        return self._json(how, path, body=body, headers={"If-Match": read["etag"]})

    def file(self, path: str, **words: Any) -> bytes:
        with self._send("GET", path, words=words) as answer:
            return bytes(answer.read())

    def _json(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        with self._send(method, path, **more) as answer:
            text = answer.read()
            found: dict[str, Any] = json.loads(text) if text else {}
            if isinstance(found, dict) and answer.headers["ETag"]:
                found["etag"] = answer.headers["ETag"]
            return found

    def _send(
        self,
        method: str,
        path: str,
        *,
        words: Optional[dict[str, Any]] = None,  # noqa: UP045  old Pythons
        body: Any = None,
        headers: Optional[dict[str, str]] = None,  # noqa: UP045
    ) -> Any:
        """Tries again while the portal is away or asks to wait. Raises Refused."""
        query = "?" + urllib.parse.urlencode(words) if words else ""
        request = urllib.request.Request(  # noqa: S310  the address is our own
            f"{self.address}/api/v1/{path}{query}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Token {self.token}",
                "Content-Type": "application/json",
                **(headers or {}),
            },
        )
        for attempt in range(PATIENCE):
            try:
                return urllib.request.urlopen(request, timeout=60)  # noqa: S310
            except urllib.error.HTTPError as error:
                problem = _problem(error)
                if error.code not in (429, 503) or attempt == PATIENCE - 1:
                    raise Refused(problem) from None
                time.sleep(float(error.headers.get("Retry-After") or 2**attempt))
        raise TimeoutError(self.address)


def _problem(error: urllib.error.HTTPError) -> dict[str, Any]:
    try:
        found: Union[dict[str, Any], Any] = json.load(error)  # noqa: UP007
        return {"detail": found["detail"], **found}
    except (ValueError, KeyError, TypeError):
        return {"type": "", "status": error.code, "detail": str(error), "errors": []}
