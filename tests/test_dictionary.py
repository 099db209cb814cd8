"""Pages made from the code are as the code makes them now."""

from __future__ import annotations

import pytest

from schemas import dictionary
from schemas.rules import REGISTRY, page
from schemas.tables import TABLES
from schemas.views import VIEWS


def test_the_committed_data_dictionary_is_the_generated_one():
    assert dictionary.PATH.read_text(encoding="utf-8") == dictionary.dictionary(), (
        "run python -m schemas.dictionary --write"
    )


def test_the_committed_page_of_rules_is_the_generated_one():
    assert page.PATH.read_text(encoding="utf-8") == page.rules_page(), "run python -m schemas.rules.page --write"


def test_the_dictionary_names_every_table_view_and_column():
    text = dictionary.dictionary()
    for name, view in VIEWS.items():
        assert f"### {name}\n" in text
        assert all(f"| {c.name} | {c.sql_type}" in text for c in view.columns())
    for name in TABLES:
        assert f"### booked.{name}\n" in text
    assert all(f"| {rule_id} |" in page.rules_page() for rule_id in REGISTRY)


def test_write_writes_and_without_it_the_page_is_printed(tmp_path, capsys):
    target = tmp_path / "page.md"
    assert dictionary.main([], "text\n", target, "a page") == 0
    assert capsys.readouterr().out == "text\n"
    assert not target.exists()
    assert dictionary.main(["--write"], "text\n", target, "a page") == 0
    assert target.read_text(encoding="utf-8") == "text\n"


def test_an_unknown_option_ends_with_the_usage(tmp_path):
    with pytest.raises(SystemExit):
        dictionary.main(["--what"], "", tmp_path / "x", "a page")
