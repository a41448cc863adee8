"""Texts on a form bear no mark of a classified paper."""

from typing import Any

from django import forms

from sessions.screening import find_mark, mark_sentence


class ScreenedForm(forms.Form):
    """A form whose texts are screened, each fault at its field."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, text in list(cleaned.items()):
            if isinstance(text, str) and (mark := find_mark(text)):
                self.add_error(name, mark_sentence(mark))
        return cleaned
