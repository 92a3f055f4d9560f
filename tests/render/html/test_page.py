"""The page is whole in itself, holds every word it should, and leads from each claim to its evidence and back."""

import hashlib
import re
from base64 import b64encode
from dataclasses import replace

import pytest
from justhtml import JustHTML

from summarizer.article import Article
from summarizer.errors import SettingsError
from summarizer.render.html import note_to_html
from summarizer.types.note import Note
from tests.render.html.dom import attributes, every, one, parsed, shown
from tests.render.html.invented import ARTICLES, span

REFERENCES = ("data-evidence", "data-claims", "data-claim", "data-from", "data-signal", "aria-labelledby")


def test_the_policy_names_the_style_and_the_script_by_the_hashes_of_what_is_in_the_page(page: str) -> None:
    document = parsed(page)
    policy = attributes(one(document, 'meta[http-equiv="Content-Security-Policy"]'))["content"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))

    for kind in ("style", "script"):
        content = "".join(str(child.data) for child in one(document, kind).children or [])
        digest = b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"
    assert rules["default-src"] == "'none'"
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert page.index("Content-Security-Policy") < page.index("<style>")


def test_nothing_in_the_page_points_out_of_it(page: str) -> None:
    document = parsed(page)

    for element in every(document, "*"):
        given = attributes(element)
        assert not {"src", "srcset", "action", "style", "poster", "data", "xlink:href"} & set(given)
        assert not [name for name in given if name.startswith("on")]
        assert given.get("href", "#").startswith("#")
    assert not every(document, "img, link, iframe, object, embed, base, audio, video")
    for kind in ("style", "script"):
        content = page.split(f"<{kind}>")[1].partition(f"</{kind}>")[0]
        assert not re.search(
            r"url\(|@import|https?:|innerHTML|outerHTML|insertAdjacent|document\.write|eval", content
        )


@pytest.mark.parametrize("with_text", [True, False])
def test_every_anchor_resolves_and_no_id_comes_twice(
    page: str, page_of_quotes: str, *, with_text: bool
) -> None:
    document = parsed(page if with_text else page_of_quotes)
    ids = [attributes(element)["id"] for element in every(document, "[id]")]

    assert len(ids) == len(set(ids))
    for element in every(document, "*"):
        given = attributes(element)
        named = [name for key in REFERENCES for name in given.get(key, "").split()]
        assert {*named, given.get("href", "#note")[1:]} <= set(ids)


def test_the_whole_text_of_an_article_is_shown_in_order(document: JustHTML) -> None:
    for source, article in ARTICLES.items():
        sentences = every(one(document, f"#{source}"), ".words")
        assert " ".join(shown(sentence) for sentence in sentences) == " ".join(article.text.split())


def test_exactly_the_quoted_words_of_a_cited_sentence_are_marked(note: Note, document: JustHTML) -> None:
    for point in [note.bottom_line, *note.key_points]:
        for quoted in point.evidence:
            cited = one(document, f"#{quoted.source}-{quoted.sentence}")
            assert [shown(mark) for mark in every(cited, "mark")] == [quoted.quote]
    opening = one(document, "#d1-1")
    assert shown(one(opening, ".words")).startswith("PORT SEVRAN")
    assert not every(one(document, "#d1-3"), "mark")


def test_without_the_text_the_quotes_stand_in_order_with_the_gaps_between_them(page_of_quotes: str) -> None:
    article = one(parsed(page_of_quotes), "#d1 .text")

    rows = [shown(row) for row in every(article, "p")]
    numbers = [shown(row) for row in every(article, ".number")]
    assert numbers == ["1.1", "1.2", "1.4", "1.5", "1.8"]
    assert rows[2] == "Sentence 3 is not quoted"
    assert rows[5] == "Sentences 6 to 7 are not quoted"
    assert "Whoever fired" not in page_of_quotes


def test_separate_quotes_from_one_sentence_are_joined_by_an_ellipsis(note: Note) -> None:
    words = ARTICLES["d1"].sentence(5)
    parts = [
        span("d1", 5).model_copy(update={"end": words.start + 7, "quote": words.text[:7]}),
        span("d1", 5).model_copy(update={"start": words.end - 8, "quote": words.text[-8:]}),
    ]
    point = note.key_points[3].model_copy(update={"evidence": parts})
    changed = note.model_copy(update={"key_points": [point]})

    assert shown(one(parsed(note_to_html(changed)), "#d1-5 .words")) == "Velland … crossed."


def test_each_claim_leads_to_its_evidence_and_each_quote_back_to_all_claims(document: JustHTML) -> None:
    said = one(document, "#k1 .said")
    assert attributes(said)["data-evidence"] == "d1-1 d2-1"
    assert attributes(said)["href"] == "#d1-1"
    assert [shown(chip) for chip in every(document, "#k1 .cite")] == ["1.1", "2.1"]
    assert [shown(mark) for mark in every(document, "#d1-1 .refs a")] == ["BL", "K1", "S1", "S2", "C1", "G1"]
    assert attributes(one(document, "#d1-1 .words"))["data-claims"] == "bl k1 s1 s2 c1-1 g1"


def test_a_claim_without_evidence_is_no_link_and_says_so(note: Note) -> None:
    point = note.bottom_line.model_copy(update={"evidence": [], "verdict": "unsupported"})
    document = parsed(note_to_html(note.model_copy(update={"bottom_line": point})))

    assert not every(document, "#bl a")
    assert "no evidence given" in shown(one(document, "#bl"))


def test_an_altered_claim_shows_the_words_of_both_sides(document: JustHTML) -> None:
    caveat = one(document, ".caveat.altered")

    assert shown(one(caveat, ".caveat-title")) == "≠ Differs from its source"
    assert [shown(side) for side in every(caveat, "dd")] == ["“40”", "“14”"]
    assert "The note says 40 people" in shown(caveat)


def test_an_unsupported_claim_says_that_its_source_is_silent(document: JustHTML) -> None:
    caveat = one(document, ".caveat.unsupported")

    assert shown(one(caveat, ".caveat-title")) == "✕ Not found in its source"
    assert [shown(side) for side in every(caveat, "dd")] == ["“tanks”", "says nothing of it"]


def test_a_supported_claim_is_marked_quietly_and_in_words(document: JustHTML) -> None:
    assert shown(one(document, "#k5 .verdict")) == "✓Says what its source says"
    assert (
        shown(one(document, ".caveat.remark"))
        == "Citation. The citation was repaired: sentence 4 carries it."
    )
    assert "✓ 11 supported, ≠ 1 different from the source, ✕ 1 not found" in shown(one(document, ".checked"))


def test_signals_carry_what_the_filter_needs_and_are_all_shown_without_the_script(document: JustHTML) -> None:
    signals = every(document, ".signal")

    assert [attributes(signal)["data-direction"] for signal in signals].count("escalatory") == 4
    assert attributes(signals[2])["data-actors"] == "n3 n1"
    assert not [signal for signal in signals if "hidden" in attributes(signal)]
    assert "hidden" in attributes(one(document, "#filter"))
    assert [shown(choice) for choice in every(document, "#filter option")] == [
        "All",
        "Ilse Marand",
        "Karst",
        "Lake Council",
        "Velland",
    ]


def test_a_signal_says_who_reports_it_and_how(document: JustHTML) -> None:
    signal = shown(every(document, ".signal")[0])

    assert "Drives the level" in signal
    assert "Assault, heavy weapons" in signal
    assert "−10.0" in signal
    assert "Northern Wire: interior ministry (occurred); Velland Tribune" in signal


def test_conflicts_between_sources_come_first_with_both_statements(document: JustHTML) -> None:
    first = every(document, ".comparison")[0]

    assert shown(one(first, ".comparison-kind")) == "≠ Sources differ · number"
    assert [shown(said) for said in every(first, ".said")] == [
        "At least 14 people were killed.",
        "Nine people died at the dam.",
    ]


def test_a_grade_is_spelled_out_and_none_is_guessed(document: JustHTML) -> None:
    assert [shown(grade) for grade in every(document, ".grade")] == [
        "B2 usually reliable, probably true",
        "D not usually reliable",
    ]


def test_uncovered_sentences_and_unfinished_passes_are_told(document: JustHTML) -> None:
    ledger = [shown(line) for line in every(document, ".ledger")]

    assert "2 sentences of 8 name an actor or a number and are cited nowhere: 1.6, 1.7." in ledger[0]
    assert "The pass “signals” was cut short." in ledger[1]
    assert [attributes(place)["id"] for place in every(document, ".uncovered")] == ["d1-6", "d1-7"]


def test_copies_are_named_and_counted_once(document: JustHTML) -> None:
    assert "Counted once, though also found as Coast Gazette (94 % the same)." in shown(
        one(document, "#d1 header")
    )


def test_an_actor_leads_to_the_sentences_that_name_it(document: JustHTML) -> None:
    said = one(document, "#n3 .said")

    assert attributes(said)["data-evidence"] == "d1-3 d3-3"


def test_one_source_needs_no_numbers_of_sources(note: Note) -> None:
    only = note.sources[2]
    point = note.bottom_line.model_copy(update={"evidence": [span("d3", 1)]})
    alone = note.model_copy(
        update={
            "sources": [only],
            "bottom_line": point,
            "key_points": [],
            "actors": [],
            "escalation_signals": [],
            "comparisons": [],
            "timeline": [],
            "levels": [],
            "undated": [],
        }
    )
    document = parsed(note_to_html(alone, {"d3": ARTICLES["d3"]}))

    assert [shown(chip) for chip in every(document, ".cite")] == ["1"]
    assert not every(document, "#signals, #timeline, #comparisons, #actors")


def test_a_note_without_signals_says_that_there_is_no_sign(note: Note) -> None:
    none = note.escalation.model_copy(
        update={"level": "none", "score": 0.0, "direction": None, "drivers": []}
    )
    document = parsed(note_to_html(note.model_copy(update={"escalation": none})))

    assert "The sources report no sign of escalation" in shown(one(document, ".level"))
    assert not every(document, ".needle")


def test_another_text_than_the_one_briefed_is_refused(note: Note) -> None:
    other = Article.from_text("Quite another text, with more than eight words in it.")

    with pytest.raises(SettingsError, match="d2 is not the one"):
        note_to_html(note, {"d2": other})
    with pytest.raises(SettingsError, match="no source d9"):
        note_to_html(note, {"d9": other})


def test_a_text_that_is_cut_differently_today_is_shown_by_its_quotes(note: Note) -> None:
    """Sentence numbers of an older version would else point at other words."""
    first, *others = note.sources
    record = first.briefing.article.model_copy(update={"sentences": 9})
    older = first.model_copy(update={"briefing": first.briefing.model_copy(update={"article": record})})
    document = parsed(note_to_html(note.model_copy(update={"sources": [older, *others]}), ARTICLES))

    assert "quotes" in attributes(one(document, "#d1"))["class"]
    assert "whole" in attributes(one(document, "#d2"))["class"]


def test_a_cited_sentence_says_on_which_page_of_the_original_it_stands(note: Note) -> None:
    paged = replace(ARTICLES["d1"], places=((0, "page 1"), (ARTICLES["d1"].sentence(4).start, "page 2")))
    document = parsed(note_to_html(note, {"d1": paged}))

    assert shown(one(document, "#d1-2 .place")) == "page 1"
    assert shown(one(document, "#d1-5 .place")) == "page 2"
    assert not every(document, "#d1-3 .place, #d2 .place")


def test_the_same_note_makes_the_same_page(note: Note, page: str) -> None:
    assert note_to_html(note, ARTICLES) == page


def test_languages_are_declared_where_a_browser_can_read_them(note: Note, document: JustHTML) -> None:
    first = note.sources[2]
    record = first.briefing.article.model_copy(update={"language": "plain english"})
    odd = first.model_copy(update={"briefing": first.briefing.model_copy(update={"article": record})})
    changed = note.model_copy(update={"sources": [*note.sources[:2], odd]})

    assert attributes(one(document, "html"))["lang"] == "en"
    assert attributes(one(document, "#d3 .text"))["lang"] == "en"
    assert "lang" not in attributes(one(parsed(note_to_html(changed)), "#d3 .text"))
