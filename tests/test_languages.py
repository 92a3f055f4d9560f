"""Language tags: checked, spelled one way, named."""

import pytest

from summarizer import Article, SummarizerError, summarize
from summarizer.errors import SettingsError
from summarizer.languages import base_of, checked_tag, is_english, language_name


@pytest.mark.parametrize(
    ("given", "tag", "name"),
    [
        ("en", "en", "English"),
        ("FR", "fr", "French"),
        ("fra", "fr", "French"),
        ("pt-br", "pt-BR", "Portuguese (Brazil)"),
        ("sr-latn-rs", "sr-Latn-RS", "Serbian (Latin, Serbia)"),
        ("el", "el", "Greek"),
        ("es-419", "es-419", "Spanish"),
    ],
)
def test_a_tag_is_spelled_as_usual_and_named_in_english(given: str, tag: str, name: str) -> None:
    assert checked_tag(given) == tag
    assert language_name(tag) == name


@pytest.mark.parametrize("given", ["", "xx", "en_US", "fr-XX", "zh-Abcd", "f", "français"])
def test_what_is_no_tag_is_refused_with_examples(given: str) -> None:
    with pytest.raises(SettingsError, match="is no language tag") as caught:
        checked_tag(given)
    assert "such as" in caught.value.hint or "write" in caught.value.hint


def test_the_name_of_a_language_is_answered_with_its_tag() -> None:
    with pytest.raises(SettingsError) as caught:
        checked_tag("french")
    assert caught.value.hint == "For French write fr."


def test_english_of_any_country_and_no_known_language_are_english() -> None:
    assert is_english("en-GB")
    assert is_english(None)
    assert not is_english("fr")
    assert base_of("zh-Hant-TW") == "zh"


def test_a_wrong_tag_is_refused_before_any_model_is_asked() -> None:
    with pytest.raises(SummarizerError, match="is no language tag"):
        summarize("One two three four five six seven eight nine.", language="klingon", model="local/x")


def test_sentences_are_cut_by_the_rules_of_the_language() -> None:
    text = "В г. Заречье прибыли войска. Об этом сообщил А. С. Петров. Других данных нет."
    assert [s.text for s in Article(text=text, id="ru", language="ru").sentences] == [
        "В г. Заречье прибыли войска.",
        "Об этом сообщил А. С. Петров.",
        "Других данных нет.",
    ]
    french = Article(text="Le ministre, M. Dupont, est parti. Il a vu M. Durand.", id="fr", language="fr")
    assert len(french.sentences) == 2


def test_an_article_without_spaces_between_words_is_an_article() -> None:
    text = "边境发生了袭击。国防部说,三名士兵死亡。俄罗斯否认与此有关。"
    article = Article(text=Article.from_text(text).text, id="zh", language="zh")
    assert len(article.sentences) == 3
