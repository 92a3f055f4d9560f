"""Names in languages that bend them, and states under their translated names."""

from itertools import pairwise

import pytest

from summarizer import Article
from summarizer.grounding.foreign.names import named_in
from summarizer.grounding.foreign.states import named_states, state_names


def article(text: str, language: str) -> Article:
    return Article(text=text, id="a", language=language)


@pytest.mark.parametrize(
    ("language", "text", "name", "found"),
    [
        ("ru", "Встреча с Олегом Ткаченко прошла. Олег Ткаченко доволен.", "Олег Ткаченко", 2),
        ("ru", "Слова Лаврова. Лавров молчал. Лавровишневый сад не он.", "Лавров", 2),
        ("uk", "Розмова з Марією Коваль. Марія Коваль вдома.", "Марія Коваль", 2),
        ("fr", "Marchal a parlé. Les Marchaland, non.", "Marchal", 1),
        ("de", "Deutschlands Armee. Deutschland schweigt.", "Deutschland", 2),
        ("zh", "王毅外长说。外长王毅说。", "王毅", 2),
        ("ru", "Порт закрыт.", "Нигер", 0),
    ],
)
def test_a_name_is_found_in_its_bent_forms(language: str, text: str, name: str, found: int) -> None:
    spans = named_in(article(text, language), name)
    assert len(spans) == found
    assert all(text[span.start : span.end] == span.quote for span in spans)


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("fr", "La Russie et les États-Unis parlent. La Corée du Sud et la Guinée-Bissau aussi.", ["RUS", "USA", "KOR", "GNB"]),
        ("es", "Rusia, Estados Unidos y Corea del Norte.", ["RUS", "USA", "PRK"]),
        ("de", "Russlands Armee und die USA.", ["RUS", "USA"]),
        ("ru", "В России ждут ответа США, Южной Кореи и Нигерии.", ["RUS", "USA", "KOR", "NGA"]),
        ("uk", "Україна чекає відповіді Росії та Німеччини.", ["UKR", "RUS", "DEU"]),
        ("zh", "俄罗斯和乌克兰。美国总统。", ["RUS", "UKR", "USA"]),
        ("ar", "قالت روسيا إن أوكرانيا هاجمت.", ["RUS", "UKR"]),
        ("xx", "Nobody has translated anything into this.", []),
    ],
)  # fmt: skip
def test_states_are_known_by_their_translated_names(language: str, text: str, codes: list[str]) -> None:
    found = named_states(article(text, language), language=language)
    assert [one.country for one in found] == codes
    ends = sorted((span.start, span.end) for one in found for span in one.mentions)
    assert all(a[1] <= b[0] for a, b in pairwise(ends))


def test_a_state_has_the_name_of_the_briefings_language_and_the_articles_forms_as_aliases() -> None:
    text = "Украина ждёт. Удары по Украине продолжаются."
    (english,) = named_states(article(text, "ru"), language="en")
    (french,) = named_states(article(text, "ru"), language="fr")
    assert (english.name, english.aliases) == ("Ukraine", ("Украина", "Украине"))
    assert french.name == "Ukraine"
    (own,) = named_states(article(text, "ru"), language="ru")
    assert (own.name, own.aliases) == ("Украина", ("Украине",))


def test_a_name_that_two_states_share_is_none() -> None:
    names = dict(state_names("fr"))
    assert "Corée" not in names
    assert "Congo" not in names
