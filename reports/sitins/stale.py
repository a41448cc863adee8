"""Two people work at the same thing: the second one is told what the first one wrote."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.db.models import Model


class StaleError(Exception):
    """Somebody else changed the row since its page was opened; ``stored`` is the row as it is."""

    def __init__(self, stored: Any) -> None:
        super().__init__(stored.pk)
        self.stored = stored


class Differing(NamedTuple):
    """One field in both versions, in words."""

    label: str
    mine: str
    theirs: str


def differing(mine: forms.Form, theirs: forms.Form) -> list[Differing]:
    """The fields in which what was typed differs from what is stored."""
    pairs = [
        Differing(str(bound.label), _said(mine, bound.name), _said(theirs, bound.name))
        for bound in mine.visible_fields()
        if bound.name in theirs.fields
    ]
    return [pair for pair in pairs if pair.mine != pair.theirs]


def _said(form: forms.Form, name: str) -> str:
    value = form[name].value()
    choices: Any = getattr(form.fields[name], "choices", ())
    words = {str(key): str(label) for key, label in choices}
    many: Iterable[Any] = value if isinstance(value, list | tuple) else [value]
    keys = [str(one.pk if isinstance(one, Model) else one) for one in many if one is not None]
    return "、".join(words.get(key, key) for key in sorted(keys))
