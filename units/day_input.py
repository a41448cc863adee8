"""Where a day is filled in: the browser's own calendar."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """Browsers want the day as 2026-06-30, whatever the language writes: they show no other."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")
