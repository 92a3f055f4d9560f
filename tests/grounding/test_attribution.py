"""Attribution: who says so, by kind and as the article names them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.grounding.attribution import attribution_of
from summarizer.types.signals import AttributionType

REST = "\nThe rest of the day was quiet in the whole of the valley."


def attributed(sentence: str) -> tuple[AttributionType, str | None]:
    return attribution_of(Article.from_text(sentence + REST), 1)


@pytest.mark.parametrize(
    ("sentence", "kind", "speaker"),
    [
        ("Col. Ana Dray, a spokeswoman for the army, said the guns were old.", "named_official", "Ana Dray"),
        ("Foreign Minister Piet Vos told parliament that talks had failed.", "named_official", "Piet Vos"),
        ("Its defence minister, Pavel Dorn, said the bridge was closed.", "named_official", "Pavel Dorn"),
        ("The bridge was closed, said Interior Minister Ilse Roth.", "named_official", "Ilse Roth"),
        ("According to President Clara Benedetti, the strait is open.", "named_official", "Clara Benedetti"),
        ("Opposition leader Tomas Reyl said the vote was stolen.", "named_nonofficial", "Tomas Reyl"),
        (
            "Mara Quist, an analyst at the Tarsk Institute, said the guns were old.",
            "named_nonofficial",
            "Mara Quist",
        ),
        (
            "Two senior officials said on condition of anonymity that the guns had moved.",
            "anonymous_official",
            None,
        ),
        ("Western diplomats said the guns had moved.", "anonymous_official", "Western diplomats"),
        ("The convoy turned back, according to three security officials.", "anonymous_official", None),
        ("Residents said they heard shots.", "anonymous_other", "Residents"),
        ("People familiar with the matter said the guns had moved.", "anonymous_other", None),
        ("The Velnian Defence Ministry said the guns had moved.", "official_statement", None),
        ("The ministry announced that the border was closed.", "official_statement", "The ministry"),
        ("Velnia said it would close the border.", "official_statement", "Velnia"),
        ("The rebel Coastal Front claimed responsibility for the blast.", "official_statement", None),
        ("The Daily Courier reported that the guns had moved.", "other_media", "The Daily Courier"),
        ("State media said the guns had moved.", "other_media", "State media"),
        ("The convoy had turned back, according to the report.", "document", "the report"),
        ("The guns were reportedly moved at night.", "unspecified", None),
        ("The guns were moved at night.", "reporter_voice", None),
    ],
)
def test_the_kind_of_source_is_read_off_its_name_or_role(
    sentence: str, kind: AttributionType, speaker: str | None
) -> None:
    found, surface = attributed(sentence)
    assert found == kind
    assert surface is not None or kind in ("unspecified", "reporter_voice")
    assert speaker is None or surface == speaker


def test_a_bare_surname_keeps_the_office_it_was_introduced_with() -> None:
    text = "Prime Minister Ona Brandt flew to Tarsk on Monday.\nBrandt said the strait would stay open."
    assert attribution_of(Article.from_text(text), 2) == ("named_official", "Ona Brandt")


def test_a_pronoun_takes_the_last_speaker_it_fits() -> None:
    text = "Prime Minister Ona Brandt said the strait was open.\nThe weather was fair.\nShe added that ships were safe."
    assert attribution_of(Article.from_text(text), 3) == ("named_official", "Ona Brandt")


def test_a_sentence_within_a_quotation_takes_its_speaker() -> None:
    text = (
        "“The strait is open,” said Prime Minister Ona Brandt, who had flown in at noon.\n"
        "“Ships are safe. The mines were cleared last night. Nobody will stop us.”\n"
        "The harbour master went home."
    )
    article = Article.from_text(text)
    kinds = [attribution_of(article, s.number) for s in article.sentences]
    assert kinds == [("named_official", "Ona Brandt")] * (len(kinds) - 1) + [("reporter_voice", None)]


def test_a_quotation_that_names_its_speaker_later_looks_ahead() -> None:
    text = "“The strait is open. Ships are safe,” Prime Minister Ona Brandt said on Monday at the harbour."
    article = Article.from_text(text)
    assert {attribution_of(article, s.number) for s in article.sentences} == {
        ("named_official", "Ona Brandt")
    }


def test_we_within_a_quotation_is_nobody_s_name() -> None:
    text = "Foreign Minister Piet Vos met reporters at noon in Tarsk.\n“We reject the claim of any attack,” Vos said."
    assert attribution_of(Article.from_text(text), 2) == ("named_official", "Piet Vos")


def test_there_is_no_sentence_zero() -> None:
    with pytest.raises(IndexError):
        attribution_of(Article.from_text("Eight words that make up one short article."), 0)


@given(st.text(max_size=300))
def test_any_sentence_of_any_text_has_a_source(text: str) -> None:
    article = Article.from_text(text + " said the man, and eight words follow here now.")
    for sentence in article.sentences:
        kind, surface = attribution_of(article, sentence.number)
        assert (surface is None) == (kind in ("reporter_voice", "unspecified"))


@given(
    st.lists(
        st.sampled_from(
            ["said", "Ann Roe,", "“", "”", "he", "according to", "officials", ",", "the ministry", ".\n"]
        )
    )
)
def test_words_of_speech_in_any_order_are_read(words: list[str]) -> None:
    article = Article.from_text(" ".join(["Eight words that make up one short article.", *words]))
    for sentence in article.sentences:
        assert attribution_of(article, sentence.number)[0]
