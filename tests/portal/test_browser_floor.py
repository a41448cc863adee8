"""Our own pages must run in Chrome 90: what came later is not used, and nothing breaks the CSP."""

import re

import pytest

from portal.settings.environment import BASE_DIR

STYLES = sorted(BASE_DIR.glob("*/static/*/*.css"))
SCRIPTS = sorted(BASE_DIR.glob("*/static/*/*.js"))
# Mails, and papers that are put into archives, are files of their own: no page, and no CSP.
FILES = {"mail", "paper"}
TEMPLATES = sorted(
    path for path in BASE_DIR.glob("*/templates/**/*.html") if not FILES & {*path.parts}
)
LATER_STYLES = r":has\(|@container|@layer|color-mix\(|\b\d+(dvh|svh|lvh)\b|accent-color|&[ :.>]"
LATER_SCRIPTS = (
    r"^await |\.at\(|structuredClone|Object\.hasOwn|replaceChildren|static \{|\.findLast\("
)
INLINE = r"\sstyle=|\son[a-z]+=|javascript:|<style|<script(?![^>]* src=)(?![^>]*application/json)"


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_use_nothing_later(path):
    assert re.findall(LATER_STYLES, path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_use_nothing_later(path):
    assert re.findall(LATER_SCRIPTS, path.read_text("utf-8"), re.MULTILINE) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_pages_hold_no_inline_style_or_script(path):
    assert re.findall(INLINE, path.read_text("utf-8")) == []


def test_there_is_something_to_judge():
    assert STYLES
    assert SCRIPTS
    assert len(TEMPLATES) > 20
