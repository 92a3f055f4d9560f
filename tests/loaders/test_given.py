"""What people give by mistake, and what they are told: addresses, other types, JSON, damaged documents."""

import asyncio
import io
import json
import zipfile
from pathlib import Path
from typing import Any, cast

import pytest

from summarizer import Article, asummarize, brief, check_claim, summarize
from summarizer.errors import AddressRefused, EmptyArticle, InputError, SettingsError, UnsupportedSource
from summarizer.loaders import Failed, from_file, from_stdin, from_url, load_all
from summarizer.runs import stream

TEXT = "The army moved two brigades to the northern border on Monday, and called up no reservists."


def _stdin(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def _line(**fields: str) -> str:
    return json.dumps({"text": TEXT, **fields}) + "\n"


@pytest.mark.parametrize("source", [5, None, b"bytes", ["a.txt"], 1.5])
def test_another_type_is_no_article(source: object) -> None:
    wrong = cast("Any", source)

    async def asked() -> object:
        return await asummarize(wrong)

    for ask in (
        lambda: summarize(wrong),
        lambda: asyncio.run(asked()),
        lambda: brief([wrong]),
        lambda: check_claim(wrong, "It moved."),
    ):
        with pytest.raises(InputError, match=type(source).__name__) as caught:
            ask()
        assert "path" in caught.value.hint


@pytest.mark.parametrize("sources", [5, None, "a.txt", Path("a.txt"), b"bytes", Article.from_text(TEXT)])
def test_one_source_is_no_list_of_them(sources: object) -> None:
    with pytest.raises(InputError, match="not a list") as caught:
        brief(cast("Any", sources))

    assert "[source]" in caught.value.hint


def test_a_claim_is_a_sentence() -> None:
    with pytest.raises(SettingsError, match="int"):
        check_claim(TEXT, cast("Any", 5))


def test_an_address_is_told_the_way_to_fetch_it() -> None:
    address = "https://courier.example/a.html"
    for ask in (lambda: summarize(address), lambda: brief([address])):
        with pytest.raises(UnsupportedSource, match="is an address") as caught:
            ask()
        assert "--url" in caught.value.hint
        assert f"from_url('{address}')" in caught.value.hint


@pytest.mark.parametrize("text", ["notaurl", "news/story.txt"])
def test_what_is_no_address_is_told_what_is_missing(text: str) -> None:
    with pytest.raises(AddressRefused, match=f"'{text}' is no address of a page: http:// or https://"):
        from_url(text)


def test_lines_of_json_on_standard_input_are_records(monkeypatch: pytest.MonkeyPatch) -> None:
    _stdin(monkeypatch, _line(id="q7", title="Brigades") + "\n" + _line() + '{"id": "cut", "te')

    first, second, third = load_all(["-"])

    assert isinstance(first, Article)
    assert (first.id, first.title, first.text, first.source) == ("q7", "Brigades", TEXT, "standard input")
    assert isinstance(second, Article)
    assert second.text == TEXT
    assert isinstance(third, Failed)
    assert str(third.error).startswith("line 4 of standard input is no JSON")


def test_a_batch_reads_records_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    _stdin(monkeypatch, _line(id="q7") + _line(id="q8"))

    assert [found.id for found in stream(["-"])] == ["q7", "q8"]


def test_one_record_on_standard_input_is_one_article_and_two_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    _stdin(monkeypatch, _line(id="q7"))
    assert from_stdin().id == "q7"
    _stdin(monkeypatch, _line() * 2)
    with pytest.raises(UnsupportedSource, match="holds 2 articles, not one"):
        from_stdin()


@pytest.mark.parametrize("text", [json.dumps([{"text": TEXT}]), json.dumps({"text": TEXT}, indent=2)])
def test_other_json_on_standard_input_is_no_article(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    _stdin(monkeypatch, text)

    with pytest.raises(UnsupportedSource, match="standard input is JSON, not an article") as caught:
        from_stdin()
    assert "JSON Lines" in caught.value.hint


@pytest.mark.parametrize(
    "text", ["[Wire] " + TEXT, "{Wire} " + TEXT, '{"a": 1}\n' + TEXT, TEXT + '\n{"a": 1}']
)
def test_a_text_with_a_bracket_in_it_stays_a_text(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    _stdin(monkeypatch, text)

    assert from_stdin().text == text


def test_too_short_a_record_is_told_by_its_line_and_id(tmp_path: Path) -> None:
    file = tmp_path / "inp.jsonl"
    file.write_text('{"id": "q7", "text": "one"}\n', encoding="utf-8")

    with pytest.raises(EmptyArticle, match=r"the record 'q7' of inp\.jsonl holds only 1 word"):
        from_file(file)
    (failed,) = load_all([file])
    assert isinstance(failed, Failed)
    assert str(failed.error).startswith(f"line 1 of {file} (id 'q7') holds only 1 word")


def _docx() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "x" * 4000)
        archive.writestr("word/document.xml", "<a/>")
    return held.getvalue()


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("story.txt", TEXT)
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (_docx()[:3000], "damaged or cut short"),
        (_zip(), "a ZIP archive with no Word document in it"),
        (bytes(number % 25 + 1 for number in range(60)), "binary data of no known kind"),
        (TEXT.encode(), "plain text"),
    ],
    ids=["cut", "another archive", "noise", "text"],
)
def test_what_is_no_word_document_is_told_what_it_is(tmp_path: Path, data: bytes, said: str) -> None:
    file = tmp_path / "story.docx"
    file.write_bytes(data)

    with pytest.raises(UnsupportedSource, match=said):
        from_file(file)
