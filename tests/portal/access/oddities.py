"""What no page expects to be asked or sent, and what each page looks for in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

from django.forms import (
    BaseForm,
    BooleanField,
    ChoiceField,
    FileField,
    IntegerField,
    ModelChoiceField,
)
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

# Words that were meant to be a day, a month, a number, an id, a name or a place in a list.
ODD_WORDS = (
    "abc",
    "-999999",
    "9" * 18 + ":1",
    "9" * 5000,  # Python itself makes no number of so many digits
    "²",  # a digit to str.isdigit, no number to int
    "0001-01-01",
    "9999-12",
    "a\x00b",
    "\x1b[31m\x7f=<script>alert(1)</script>😀" + "长" * 5000,
)
# Those of them that do harm alone; the others are tried at all places at once.
WORST_WORDS = ("9999-12-31",)
# To these a day is as wrong as any other word.
TAKE_NO_DAY = (BooleanField, ChoiceField, FileField, IntegerField, ModelChoiceField)
# In place of what an address names by a word.
ODD_NAMES = ("a\x00b", "²", "9" * 30, "0001-01", "9999-12", "9999-Q4", "长" * 300)
ODD_NUMBERS = (0, 10000, 10**30)


@dataclass
class Asked:
    """``read`` are the names under which pages looked into queries and forms, ``fields`` those
    under which their forms would if there were something to look into, ``days`` those of these
    under which a form may take a day.
    """

    read: set[str] = field(default_factory=set)
    fields: set[str] = field(default_factory=set)
    days: set[str] = field(default_factory=set)

    def alone(self, names: set[str]) -> set[str]:
        """Of the names those under which a word has to be tried alone."""
        return names - (self.fields - self.days)


@contextmanager
def asked_for() -> Iterator[Asked]:
    """What the pages called meanwhile look for."""
    asked = Asked()

    def spied(original: Any) -> Any:
        def look(self: Any, key: Any, *args: Any, **kwargs: Any) -> Any:
            if isinstance(self, QueryDict) and isinstance(key, str):
                asked.read.add(key)
            return original(self, key, *args, **kwargs)

        return look

    def named(form: BaseForm, field_name: str) -> str:
        asked.fields.add(name := in_form(form, field_name))
        if not isinstance(form.fields.get(field_name), TAKE_NO_DAY):
            asked.days.add(name)
        return name

    in_form = BaseForm.add_prefix
    with (
        mock.patch.object(BaseForm, "add_prefix", named),
        mock.patch.object(MultiValueDict, "__getitem__", spied(MultiValueDict.__getitem__)),
        mock.patch.object(MultiValueDict, "getlist", spied(MultiValueDict.getlist)),
    ):
        yield asked
