"""Articles as numbered sentences: lossless, with exact offsets."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Article
from summarizer.errors import EmptyArticle
from summarizer.segmentation import LONGEST_SENTENCE
from tests.recording import ROOT

FILLER = " The ministry gave no further details about the talks on Monday."


def sentences(text: str) -> list[str]:
    return [s.text for s in Article.from_text(text + FILLER).sentences][:-1]


@pytest.mark.parametrize(
    "sentence",
    [
        "Gerasimov told Gen. Charles Q. Brown Jr., the chair of the Joint Chiefs, that it had been planned.",
        "He and Gen. Mark A. Milley spoke on the phone.",
        "It came as a response to U.S. plans to deploy missiles.",
        "Capt. Jereal Dorsey, a spokesperson, confirmed the call.",
        'They spoke of "the ongoing conflict in ... Ukraine," Dorsey said.',
        '"... Ukraine," Dorsey said.',
        "Prices rose by 3.5 percent to 1.25 dollars.",
        "J. K. Harlan of the No. 3 brigade disagreed.",
        "The talks began at 5 p.m. Monday in the capital.",
        '"Is that so?" he asked.',
        "Sen. Ada Moss (D-Va.) voted against it.",
        "Russia-U.S. cooperation has stopped.",
        "Lt. Gen. Ivan Petrov arrived on Jan. 28, 2017.",
    ],
)
def test_what_looks_like_an_end_inside_a_sentence_does_not_end_it(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ('"We go. We stay." Then they left.', ['"We go.', 'We stay."', "Then they left."]),
        ("She spoke first. “We will not go,” he said.", ["She spoke first.", "“We will not go,” he said."]),
        ("They waited... But nobody came.", ["They waited...", "But nobody came."]),
        (
            'One mark is "never closed. Two follow. Three as well.',
            ['One mark is "never closed.', "Two follow.", "Three as well."],
        ),
        (
            "A heading without an end\nThe first sentence stands here.",
            ["A heading without an end", "The first sentence stands here."],
        ),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


def test_line_ends_of_a_text_broken_to_a_width_mean_nothing() -> None:
    wrapped = "The army moved two brigades to\nthe northern border on Monday, hours\nafter the exercise had begun. No\nreservists were called up."

    assert [s.text.replace("\n", " ") for s in Article.from_text(wrapped).sentences] == [
        "The army moved two brigades to the northern border on Monday, hours after the exercise had begun.",
        "No reservists were called up.",
    ]


@pytest.mark.parametrize(
    "dateline",
    [
        "WASHINGTON -- ",
        "KYIV, Ukraine (AP) — ",
        "UNITED NATIONS — ",
        "MOSCOW, Dec 5 (Reuters) - ",
        "PORT ELLAN -- ",
    ],
)
def test_a_dateline_stays_in_the_text_and_out_of_the_meaning(dateline: str) -> None:
    first = Article.from_text(f"{dateline}The general called his counterpart on Monday evening.").sentences[0]

    assert first.text.startswith(dateline)
    assert first.body == "The general called his counterpart on Monday evening."


def test_the_reference_seed_has_its_seventeen_sentences() -> None:
    article = Article.from_text((ROOT / "seeds" / "gerasimov-brown-call.txt").read_text(encoding="utf-8"))

    assert len(article.sentences) == 17
    assert article.sentence(6).text.startswith("Capt. Jereal Dorsey, a spokesperson for Brown")
    assert article.sentence(17).text.endswith("escalate its war in Ukraine.")


@given(st.text(min_size=1, alphabet=st.characters(codec=None, exclude_categories=())))
def test_every_character_that_is_no_space_belongs_to_exactly_one_sentence(text: str) -> None:
    article = Article(text=text, id="any")

    covered: list[int] = []
    for number, sentence in enumerate(article.sentences, 1):
        assert sentence.number == number
        assert text[sentence.start : sentence.end] == sentence.text
        assert sentence.start <= sentence.body_start < sentence.end
        covered.extend(range(sentence.start, sentence.end))
    assert len(covered) == len(set(covered))
    assert {i for i, character in enumerate(text) if not character.isspace()} <= set(covered)


@given(
    st.lists(
        st.sampled_from(
            ["Gen. Ruiz spoke.", '"No," she said.', "U.S. plans", "...", "\n\n", "“", "3.5", "We left!"]
        ),
        min_size=1,
        max_size=12,
    )
)
def test_sentences_never_overlap_whatever_is_strung_together(parts: list[str]) -> None:
    found = Article(text=" ".join(parts), id="any").sentences

    assert all(one.end <= two.start for one, two in itertools.pairwise(found))


@given(
    st.lists(
        st.sampled_from(["brigade ", "moved, ", "Tarsk; ", "a" * 400, "— ", "\n", "“", "，", "e\u0301" * 90]),
        min_size=40,
        max_size=120,
    ).map("".join)
)
def test_what_runs_on_without_an_end_is_cut_into_sentences_of_a_bounded_length(text: str) -> None:
    found = Article(text=text, id="any").sentences

    assert all(len(sentence.text) <= LONGEST_SENTENCE for sentence in found)
    assert "".join("".join(s.text.split()) for s in found) == "".join(text.split())


def test_a_sentence_that_is_too_long_is_cut_behind_a_clause_and_never_in_a_word() -> None:
    stops = [f"the village of Ostwick{n} north of the river" for n in range(100)]
    found = Article.from_text("Shells fell on " + ", ".join(stops) + ".").sentences

    assert len(found) > 2
    assert all(sentence.text.endswith("north of the river,") for sentence in found[:-1])

    words = " ".join(f"Ostwick{n}" for n in range(1000))
    assert " ".join(s.text for s in Article.from_text(words).sentences) == words


@pytest.mark.parametrize("text", ["", "  \n ", "Only five words stand here"])
def test_too_little_text_is_refused_with_its_count(text: str) -> None:
    with pytest.raises(EmptyArticle, match=r"no text|only 5 words"):
        Article.from_text(text)


def test_an_unknown_sentence_number_is_an_index_error() -> None:
    article = Article.from_text("One sentence with enough words to count as an article.")

    for number in (0, 2, -1):
        with pytest.raises(IndexError):
            article.sentence(number)


@pytest.mark.parametrize(
    "text", ["They called it “Plan A”. Then they left.", "Envoy J\u00a0. Orman met A\u2028. Then he left."]
)
def test_an_initial_with_wide_space_before_its_stop_is_cut_like_any_other(text: str) -> None:
    """The sentence cutter below panics on it."""
    sentences = Article.from_text(text).sentences

    assert "".join(sentence.text for sentence in sentences).replace(" ", "") == "".join(text.split(" "))
    assert sentences[-1].text.startswith("Then")


@given(
    st.text(st.sampled_from([*'AbДé .?!\n”’"1', "\u00a0", "\u2028", "\u2009", "\u3000", "\x85"]), max_size=24)
)
def test_no_run_of_spaces_and_stops_breaks_the_cutting(text: str) -> None:
    article = Article(text=text, id="x")

    assert all(article.text[s.start : s.end] == s.text for s in article.sentences)
