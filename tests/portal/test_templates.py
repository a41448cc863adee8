"""Templates: they load, and nothing a user reads in them escapes translation."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

from portal.settings.environment import BASE_DIR

TEMPLATES = sorted(
    (path.relative_to(BASE_DIR).as_posix(), path)
    for app in ("accounts", "units", "sessions", "reports", "portal")
    for path in (BASE_DIR / app / "templates").rglob("*.html")
)
# Comments, what stands between the tags of a translated block, and strings marked for translation.
TOLD = re.compile(
    r"\{#.*?#\}"
    r"|\{%\s*comment\b.*?endcomment\s*%\}"
    r"|\{%\s*blocktranslate\b.*?endblocktranslate\s*%\}"
    r"|\{%\s*translate\s.*?%\}"
    r"""|_\((?:"[^"]*"|'[^']*')\)""",
    re.DOTALL,
)
CHINESE = re.compile("[\u4e00-\u9fff]+")


def untranslated(source: str) -> list[str]:
    return CHINESE.findall(TOLD.sub("", source))


@pytest.mark.parametrize("path", [path for _name, path in TEMPLATES], ids=dict(TEMPLATES))
def test_what_a_template_says_can_be_translated(path: Path):
    assert untranslated(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "bare"),
    [
        ("<h2>补学</h2>", ["补学"]),
        ('<a title="移除{{ name }}">{% translate "移除" %}</a>', ["移除"]),
        ('{{ theme|default:"未填" }}', ["未填"]),
        ('{{ theme|default:_("未填") }}{# 说明 #}', []),
        ("{% blocktranslate %}共 {{ n }} 次{% endblocktranslate %}", []),
    ],
)
def test_the_search_finds_bare_text_and_only_that(source: str, bare: list[str]):
    assert untranslated(source) == bare


@pytest.mark.parametrize("path", [path for _name, path in TEMPLATES], ids=dict(TEMPLATES))
def test_a_template_loads(path: Path):
    assert get_template(path.as_posix().partition("/templates/")[2])
