"""The handbook in `docs/` is what the registry says."""

from pathlib import Path

from reports.rules.handbook import handbook, main
from reports.rules.registry import RULES

PAGE = Path(__file__).parents[3] / "docs" / "rules.md"


def test_the_page_is_fresh():
    assert main(["--check", str(PAGE)]) == 0


def test_a_stale_page_is_found_and_mended(tmp_path, capsys):
    page = tmp_path / "rules.md"
    assert main(["--check", str(page)]) == 1
    page.write_text("旧", encoding="utf-8")
    assert main(["--check", str(page)]) == 1
    assert "不一致" in capsys.readouterr().err
    assert main([str(page)]) == 0
    assert main(["--check", str(page)]) == 0


def test_every_parameter_is_explained():
    page = handbook()
    for spec in RULES.values():
        assert f"`{spec.key}`" in page
        assert all(param.text in page and param.title in page for param in spec.params)
