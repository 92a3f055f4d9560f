"""Which language a text is in, and in which encoding it is written."""

import sys

import pytest

from summarizer.errors import UnsupportedSource
from summarizer.loaders import load
from summarizer.loaders.decoding import decode_text
from summarizer.loaders.language import language_of

TEXTS = {
    "en": "The defence minister said two brigades would return to their barracks by Friday.",
    "fr": "Le ministre de la Défense a annoncé le retour de deux brigades dans leurs casernes.",
    "de": "Der Verteidigungsminister kündigte die Rückkehr zweier Brigaden in die Kasernen an.",
    "es": "El ministro de Defensa anunció el regreso de dos brigadas a sus cuarteles.",
    "pt": "As negociações fracassaram na noite de terça-feira, disse um porta-voz do governo.",
    "ru": "Министр обороны объявил о возвращении двух бригад в казармы.",
    "uk": "Міністр оборони оголосив про повернення двох бригад до казарм.",
    "ar": "أعلن وزير الدفاع عودة لواءين إلى ثكناتهما بحلول يوم الجمعة.",
    "zh": "国防部长宣布两个旅将于周五前返回营地。",
    "pl": "Minister obrony zapowiedział powrót dwóch brygad do koszar.",
}


@pytest.mark.parametrize(("tag", "text"), TEXTS.items())
def test_the_language_of_one_sentence_is_told_and_told_the_same_every_time(tag: str, text: str) -> None:
    assert {language_of(text) for _ in range(5)} == {tag}
    assert language_of(text.upper()) == tag


@pytest.mark.parametrize("text", ["", "12345 67.8 %", "- - -"])
def test_what_has_no_words_has_no_language(text: str) -> None:
    assert language_of(text) is None


def test_the_article_says_its_language() -> None:
    assert load(TEXTS["fr"]).language == "fr"


@pytest.mark.parametrize(
    ("tag", "encoding"),
    [
        ("fr", "cp1252"),
        ("de", "cp1252"),
        ("es", "cp1252"),
        ("ru", "cp1251"),
        ("uk", "cp1251"),
        ("pl", "cp1250"),
        ("zh", "gb18030"),
    ],
)
def test_an_older_encoding_is_read_when_the_source_names_it(tag: str, encoding: str) -> None:
    assert decode_text(TEXTS[tag].encode(encoding), "a", declared=encoding) == TEXTS[tag]


@pytest.mark.parametrize(
    ("tag", "encoding"),
    [("fr", "cp1252"), ("de", "cp1252"), ("es", "cp1252"), ("ru", "cp1251"), ("uk", "cp1251")],
)
def test_an_older_encoding_is_told_from_a_few_sentences(tag: str, encoding: str) -> None:
    text = f"{TEXTS[tag]} " * 4

    assert decode_text(text.encode(encoding), "a") == text


@pytest.mark.parametrize("tag", ["fr", "ru", "zh"])
def test_damaged_utf8_is_refused_and_never_read_as_something_else(tag: str) -> None:
    data = (TEXTS[tag] * 3).encode()

    with pytest.raises(UnsupportedSource, match=r"not text in UTF-8 \(byte"):
        decode_text(data[:40] + b"\xff" + data[40:], "a", declared="cp1252")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_marks_decide(encoding: str) -> None:
    assert decode_text(TEXTS["uk"].encode(encoding), "a", declared="cp1252") == TEXTS["uk"]


def test_without_the_packages_text_is_read_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """The base install reads UTF-8 and takes it for English; what it cannot read, it says how to."""
    for name in ("langdetect", "langdetect.detector_factory", "charset_normalizer"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr("summarizer.loaders.language._detectors", [])

    assert load(TEXTS["fr"]).language == "en"
    with pytest.raises(UnsupportedSource, match="not text in UTF-8") as caught:
        decode_text(TEXTS["fr"].encode("cp1252"), "a")
    assert "summarizer[sources]" in caught.value.hint
