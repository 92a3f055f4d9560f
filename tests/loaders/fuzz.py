"""Feed a loader damaged documents for as long as you like: `python -m tests.loaders.fuzz --minutes 10 pdf`.

Whatever comes in, an article or a typed error comes out, in time. What breaks that is written to `--keep` and named.
`article` does without a loader: any characters at all become sentences, and these become windows.
"""

import argparse
import io
import random
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from summarizer.article import Article
from summarizer.errors import InputError
from summarizer.loaders.formats import FORMATS
from summarizer.loaders.invisible import strip_invisible
from summarizer.loaders.single import extracts_of, loaded_of
from summarizer.windows import windows

__all__ = ["ARTICLE", "FILES", "check", "check_article", "mutant", "sources"]

ARTICLE = "article"
"""The name under which `Article` itself is fuzzed, without a loader."""

FILES = Path(__file__).with_name("files")
LONGEST_S = 20.0
SLOW_S = 3.0
"""A document that takes longer than this and than all before it is kept for a look."""

_WORDS: dict[str, tuple[bytes, ...]] = {
    "text": (b"\xe2\x80\x8b", b"\xf3\xa0\x81\x81", b"\xff\xfe", b"\0", b"\r", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xf0\x9f\x91\xa9"),
    "markdown": (b"<!--", b"-->", b"<div hidden>", b"</div>", b"![a b c](x)", b"```", b"|--|", b"> " * 40, b"[" * 50, b"*_" * 30, b"---\n"),
    "html": (b"<!--", b"<div style='display:none'>", b"</p>", b"<table><tr><td>", b"<style>.a{display:none}</style>", b"&#0;", b"<b>" * 60,
             b"<svg>", b"<![CDATA[", b"<plaintext>", b"<template>", b"<frameset>", b"&#x110000;", b"<script>", b"<body hidden>"),
    "pdf": (b"endobj", b"stream\n", b"/Kids [1 0 R]", b"/Count 99999999", b"/Length 2147483648", b"xref", b"/Filter /FlateDecode",
            b"-2147483649", b"1e999", b"<<" * 50, b"[" * 50, b"/Contents 1 0 R", b"/Encrypt 1 0 R", b"/Prev 9", b"%%EOF"),
    "docx": (b"<w:p>", b"</w:r>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"<w:vanish/>", b'w:val="9999999999"', b"<mc:Fallback>"),
    "eml": (b"Content-Type: multipart/mixed; boundary=a\n\n--a\n", b"Content-Transfer-Encoding: base64\n", b"=?utf-8?b?////?=", b"charset=utf-7",
            b"Date: Mon, 99 Foo 99999 99:99:99 +9999\n", b"From: <<<@>>>\n", b'charset="\0"', b"Subject: =?x-unknown?q?a?=\n", b"\n\n"),
    "jsonl": (b'{"text": 1}', b"\n", b"[" * 5000, b'"\\ud800"', b"1" * 5000, b'{"a":' * 2000, b"NaN", b"\xef\xbb\xbf", b'"published": "x"'),
    "feed": (b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"<item>", b"<![CDATA[", b"]]>", b"<content:encoded>", b"&amp;lt;b&amp;gt;", b"<pubDate>x</pubDate>",
             b"xmlns:a='b'", b"<entry>", b"<?xml version='1.0' encoding='utf-7'?>", b"<div>" * 60),
    ARTICLE: (b'"', b"\xe2\x80\x9c", b"\xc2\xab", b"\xe2\x80\x9d", b"\xe2\x80\x89" * 9, b"\xc2\xa0", b"...", b"p.m.", b" U.S.", b" Gen. ", b"\n" * 300,
              b"!? " * 200, b"KYIV, Ukraine (AP) -- ", b"- " * 300, b"\xed\xa0\x80", b"\x1c\x1d\x85", b"\xe3\x80\x82", b"word " * 900, b'." ' * 300,
              b"\xef\xbc\x8e", b"\xe2\x80\xa8", b"\xcc\x81" * 90, b"((" * 90, b"a" * 9000, b"\r\n", b"\r", b"\0"),
}  # fmt: skip


def sources(name: str) -> list[tuple[str, bytes]]:
    """The good files of a format, with their suffixes."""
    suffixes = FORMATS["text" if name == ARTICLE else name].suffixes
    return [(f.suffix, f.read_bytes()) for f in sorted(FILES.iterdir()) if f.suffix in suffixes]


def check(name: str, suffix: str, data: bytes) -> str:
    """What became of a document; anything but an article or a typed error is an AssertionError."""
    start = time.process_time()  # of ours; the parsing process has limits of its own
    outcomes: list[str] = []
    try:
        extracts = extracts_of(data, suffix, repr(f"fuzz{suffix}"))
    except InputError as error:
        said = str(error)
        outcomes.append(type(error).__name__)
        extracts = []
    else:
        said = ""
    assert "the process that" not in said, said
    assert "takes longer than" not in said, said
    assert "\n" not in said, said
    for extract in extracts:
        assert strip_invisible(extract.text)[0] == extract.text, "an invisible character is left"
        try:
            article = loaded_of(extract, name, None).article
        except InputError as error:
            outcomes.append(type(error).__name__)
            continue
        offsets = [offset for offset, _ in article.places]
        assert offsets == sorted(set(offsets)), "places are out of order"
        assert all(offset < len(article.text) for offset in offsets), "a place is beyond the text"
        assert all(article.text[s.start : s.end] == s.text for s in article.sentences), "an offset is wrong"
        outcomes.append("article")
    assert time.process_time() - start < LONGEST_S, f"took {time.process_time() - start:.0f} s"
    return outcomes[0] if outcomes else "nothing"


def check_article(text: str, rng: random.Random) -> str:
    """An article of any characters keeps each of them, in one sentence and in one window; in time."""
    start = time.process_time()
    article = Article(text=text, id="fuzz")
    at = 0
    for number, sentence in enumerate(article.sentences, 1):
        assert sentence.number == number, "a number is skipped"
        assert text[sentence.start : sentence.end] == sentence.text, "an offset is wrong"
        assert sentence.start <= sentence.body_start < sentence.end, "a sentence without a body"
        assert not text[at : sentence.start].strip(), "characters between sentences are lost"
        at = sentence.end
    assert not text[at:].strip(), "the end is lost"
    if article.sentences:
        found = windows(article, chars=rng.choice((1, 80, 1000, 20_000)))
        assert [n for window in found for n in window.owned] == [s.number for s in article.sentences]
    assert time.process_time() - start < LONGEST_S, f"took {time.process_time() - start:.0f} s"
    return "article" if article.sentences else "nothing"


def mutant(name: str, data: bytes, rng: random.Random) -> bytes:
    """`data` with a few things wrong with it; of an archive, with a few things wrong in it."""
    if name == "docx" and rng.random() < 0.7:
        return _repacked(data, lambda part: _damaged(name, part, rng), rng)
    return _damaged(name, data, rng)


def _damaged(name: str, data: bytes, rng: random.Random) -> bytes:
    held = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        at = rng.randrange(len(held) + 1)
        size = rng.choice((1, 2, 8, 64, 512))
        match rng.randrange(7):
            case 0:
                held[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del held[at : at + size]
            case 2:
                held[at:at] = rng.choice(_WORDS[name])
            case 3:
                held[at:at] = held[at : at + size] * rng.choice((1, 2, 50))
            case 4:
                other = rng.randrange(len(held) + 1)
                held[at:at] = held[other : other + size]
            case 5:
                held[at : at + size] = rng.randbytes(min(size, 16))
            case _:
                if rng.random() < 0.2:
                    del held[at:]
    return bytes(held)


def _repacked(data: bytes, damage: Callable[[bytes], bytes], rng: random.Random) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for member in archive.namelist():
            part = archive.read(member)
            hit = member.startswith("word/") and rng.random() < 0.5
            packed.writestr(member, damage(part) if hit else part)
    return out.getvalue()


def main() -> None:
    """Run until the time is up and print what came of it."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("format", choices=sorted(_WORDS))
    options.add_argument("--minutes", type=float, default=10)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--keep", type=Path, default=Path("fuzz-findings"))
    given = options.parse_args()
    rng, found, outcomes = random.Random(given.seed), 0, Counter[str]()  # noqa: S311 - nothing secret
    end = time.monotonic() + given.minutes * 60
    slowest, good = 0.0, sources(given.format)
    while time.monotonic() < end:
        suffix, data = rng.choice(good)
        document = mutant(given.format, data, rng)
        start = time.monotonic()
        try:
            if given.format == ARTICLE:
                text = document.decode("utf-8", rng.choice(("replace", "surrogateescape")))
                outcomes[check_article(text, rng)] += 1
            else:
                outcomes[check(given.format, suffix, document)] += 1
        except Exception as error:  # noqa: BLE001 - finding what we did not think of is the purpose
            found += 1
            given.keep.mkdir(exist_ok=True)
            (given.keep / f"{given.format}-{found}{suffix}").write_bytes(document)
            sys.stderr.write(f"FOUND {given.format}-{found}: {type(error).__name__}: {error}\n")
        took = time.monotonic() - start
        if took > max(slowest, SLOW_S):
            given.keep.mkdir(exist_ok=True)
            (given.keep / f"{given.format}-slow{suffix}").write_bytes(document)
        slowest = max(slowest, took)
    total = sum(outcomes.values()) + found
    sys.stdout.write(
        f"{given.format}: {total} documents, {found} findings, slowest {slowest:.1f} s, {dict(outcomes)}\n"
    )


if __name__ == "__main__":
    main()
