from datetime import date

from django.utils import translation

from units.day_input import DayInput


def test_a_day_is_written_as_browsers_want_it_in_any_language():
    for language in ("zh-hans", "en"):
        with translation.override(language):
            shown = DayInput({"min": "2026-01-01"}).render("day", date(2026, 6, 30))
        assert 'type="date"' in shown
        assert 'value="2026-06-30"' in shown
        assert 'min="2026-01-01"' in shown
