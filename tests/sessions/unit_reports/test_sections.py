import pytest

from sessions.unit_reports.sections import SECTIONS, missing_sections

TEXTS = {section.key: "有内容" for section in SECTIONS}


def without(*keys: str, **changes: str) -> dict[str, str]:
    return {key: text for key, text in (TEXTS | changes).items() if key not in keys}


@pytest.mark.parametrize(
    ("kind", "category", "texts", "missing"),
    [
        ("annual", "bureau", TEXTS, []),
        ("annual", "bureau", without("opening"), []),
        ("annual", "bureau", without("problems", "results"), ["results", "problems"]),
        ("annual", "bureau", without(problems=" \n"), ["problems"]),
        ("half_year", "bureau", without("results"), []),
        ("half_year", "research_office", without("results"), ["results"]),
        ("half_year", "township", {}, ["situation", "practice", "problems", "next_steps"]),
    ],
)
def test_required_sections_without_text_are_named_in_order(kind, category, texts, missing):
    assert [section.key for section in missing_sections(kind, category, texts)] == missing


def test_a_category_may_have_a_hint_of_its_own():
    results = next(section for section in SECTIONS if section.key == "results")
    assert "课题" in str(results.hint("research_office"))
    assert "课题" not in str(results.hint("bureau"))
