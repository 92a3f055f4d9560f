"""The lexicon itself: a phrase for every type, only modes of the codebook, and mistakes in it name themselves."""

import tomllib
from pathlib import Path
from typing import get_args

import pytest

from summarizer.article import Article
from summarizer.grounding.lexicon import lexicon, read_lexicon
from summarizer.grounding.proposals import propose
from summarizer.resources import folder
from summarizer.types.signals import EventType


def test_every_type_has_phrases_and_every_mode_is_in_the_codebook() -> None:
    book = tomllib.loads((folder("schemas") / "codebook.toml").read_text(encoding="utf-8"))["event_types"]
    entries = lexicon().file.event
    assert {e.type for e in entries} == set(get_args(EventType))
    wrong = {(e.type, e.mode) for e in entries if e.mode and e.mode not in book[e.type].get("modes", {})}
    assert not wrong


def test_what_a_governing_phrase_makes_has_a_mode_of_its_type() -> None:
    book = tomllib.loads((folder("schemas") / "codebook.toml").read_text(encoding="utf-8"))["event_types"]
    for entry in lexicon().file.event:
        rule = lexicon().governing[entry.governs] if entry.governs else None
        for content, mode in rule.modes.items() if rule else ():
            made = rule.makes.get(content, entry.type) if rule else entry.type
            assert mode in book[made].get("modes", {}), (entry.governs, content, made)


@pytest.mark.thorough
def test_every_phrase_of_the_lexicon_is_well_formed() -> None:
    for entry in lexicon().file.event:
        for source in (*entry.match, *entry.unless):
            assert lexicon().vocabulary.phrase(source).pattern


def test_an_unknown_class_or_table_names_itself(tmp_path: Path) -> None:
    text = (folder("schemas") / "lexicon.toml").read_text(encoding="utf-8")
    broken = tmp_path / "lexicon.toml"
    broken.write_text(text.replace('governs = "threat"', 'governs = "omen"', 1), encoding="utf-8")
    with pytest.raises(ValueError, match="omen"):
        read_lexicon(broken)
    broken.write_text(
        text + '[[event]]\ntype = "AID"\nsure = 0.5\nmatch = ["@nowhere aid"]\n', encoding="utf-8"
    )
    with pytest.raises(ValueError, match="nowhere"):
        propose(Article.from_text("Eight words that make up one short article."), words=read_lexicon(broken))
