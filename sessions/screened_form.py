"""Texts on a form bear no mark of a classified paper."""

from typing import Any

from django import forms

from sessions.screening import find_mark, mark_sentence


class Screened(forms.BaseForm):
    """Beside a kind of form: its texts are screened, each fault at its field."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name, text in list(cleaned.items()):
            if isinstance(text, str) and (mark := find_mark(text)):
                self.add_error(name, mark_sentence(mark))
        return cleaned


class ScreenedForm(Screened, forms.Form):
    """A plain form whose texts are screened."""
