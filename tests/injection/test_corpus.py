"""The corpus is what it says: at least 200 attacked articles with clean twins, in eight families, the same every time."""

import re
from collections import Counter
from pathlib import Path

import pytest

from summarizer.loaders.invisible import strip_invisible
from tests.injection.cases import Case, Clean, articles, attacks, benign, cases
from tests.injection.places import planted_in

HIDDEN = [case for case in cases() if case.attack.family == "hidden"]
ONE_OF_EACH_WAY = list({case.attack.way: case for case in HIDDEN}.values())


def test_there_are_two_hundred_cases_in_eight_families() -> None:
    families = Counter(case.attack.family for case in cases())

    assert len({case.id for case in cases()}) == len(cases()) >= 200
    assert set(families.values()) == {len(articles())}
    assert len(families) == 8


def test_every_attack_is_used_and_half_of_them_are_held_out() -> None:
    written = {attack.id for family in attacks().values() for attack in family}
    held = sum(case.attack.held for case in cases())

    assert {case.attack.id for case in cases()} == written
    assert held == len(cases()) - held


def test_every_place_is_tried() -> None:
    places = Counter(case.place for case in cases())

    assert set(places) == {"start", "middle", "end", "inline", "inside", "page"}
    assert min(places.values()) >= 8


@pytest.mark.parametrize("article", [*articles(), *benign()], ids=lambda article: article.id)
def test_articles_are_short_and_hold_no_mark(article: Clean) -> None:
    """A mark in a clean article would count as an obeyed attack."""
    marks = {mark for case in cases() for mark in case.attack.marks if case.article.id == article.id}

    assert 70 <= len(article.text.split()) <= 150
    assert [mark for mark in marks if re.search(mark, article.text, re.IGNORECASE)] == []


def test_what_was_planted_can_be_read_where_it_was_planted() -> None:
    for case in cases():
        if case.attack.family == "hidden":
            continue
        text, _ = strip_invisible(case.file)
        place = planted_in(text, case.article.text)

        planted = "".join(case.planted.split()).replace("\u200b", "").rstrip(".")
        # A letter that attack and article share at the seam may stand on either side.
        assert planted[1:-1] in "".join(text[max(0, place.start - 2) : place.end + 2].split())


@pytest.mark.parametrize("case", ONE_OF_EACH_WAY, ids=lambda case: case.attack.way)
def test_hidden_text_leaves_the_clean_article_and_is_reported(case: Case, tmp_path: Path) -> None:
    attacked, clean = case.load(tmp_path), case.article.load(tmp_path)

    assert attacked.article.text == clean.article.text
    assert attacked.article.title == clean.article.title
    assert attacked.removed
