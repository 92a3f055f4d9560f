"""The articles as the page shows them: every sentence where the text is at hand, else the quoted ones in order."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarizer.article import Article, Sentence
from summarizer.errors import SettingsError
from summarizer.render.html.claims import Claim, anchor, spans_of
from summarizer.types.evidence import Span
from summarizer.types.note import Note, Source, SourceId

__all__ = ["Gap", "Passage", "Piece", "ShownArticle", "shown_articles"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a sentence: quoted by the note, or not."""

    text: str
    is_quoted: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence of an article."""

    id: str
    number: int
    pieces: tuple[Piece, ...]
    claims: tuple[Claim, ...]
    """Those that cite it."""
    is_uncovered: bool
    place: str | None
    """Where in the original it stands, such as `page 3`, when the text has such places."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Sentences that are not shown, as the article's text is not at hand."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """One source's article."""

    source: Source
    is_whole: bool
    """Whether its text is shown; else only what is quoted."""
    paragraphs: tuple[tuple[Passage | Gap, ...], ...]

    @property
    def language(self) -> str | None:
        """The article's language, if it is given as a tag that a browser knows how to read."""
        tag = self.source.briefing.article.language or ""
        return tag if _LANGUAGE.fullmatch(tag) else None

    @property
    def anchors(self) -> set[str]:
        """The ids of the sentences shown."""
        return {part.id for paragraph in self.paragraphs for part in paragraph if isinstance(part, Passage)}


def shown_articles(
    note: Note, claims: Iterable[Claim], articles: Mapping[SourceId, Article]
) -> list[ShownArticle]:
    """Lay out the article of every source of the note.

    Args:
        note: The note, in whose order of sources the articles come.
        claims: Everything that cites a sentence.
        articles: The articles whose text is at hand.

    Raises:
        SettingsError: an article is not the one that its source was made from, or is of no source.
    """
    strangers = sorted(set(articles) - {source.id for source in note.sources})
    if strangers:
        raise SettingsError(f"the note has no source {', '.join(strangers)}, whose article was given.")
    citing: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for place in claim.anchors:
            citing[place].append(claim)
    quoted: dict[SourceId, list[Span]] = defaultdict(list)
    for span in spans_of(note):
        quoted[span.source].append(span)
    return [_shown(source, quoted[source.id], citing, articles.get(source.id)) for source in note.sources]


def _shown(
    source: Source, spans: Sequence[Span], citing: Mapping[str, list[Claim]], article: Article | None
) -> ShownArticle:
    layout = _Layout(source, _by_sentence(spans), citing)
    if article is not None and article.sha256 != source.briefing.article.sha256:
        raise SettingsError(
            f"the article given for {source.id} is not the one its briefing was made from.",
            hint="Give the text as it was when the briefing was made; one changed character is enough to differ.",
        )
    if article is None or not _is_cut_alike(article, spans, source):
        return ShownArticle(source, is_whole=False, paragraphs=layout.quotes())
    return ShownArticle(source, is_whole=True, paragraphs=layout.text(article))


def _by_sentence(spans: Iterable[Span]) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        found[span.sentence].append(span)
    return found


def _is_cut_alike(article: Article, spans: Iterable[Span], source: Source) -> bool:
    """Whether sentence numbers mean the same now; another version of this program may have cut elsewhere."""
    sentences = article.sentences
    return len(sentences) == source.briefing.article.sentences and all(
        span.sentence <= len(sentences)
        and sentences[span.sentence - 1].start <= span.start
        and span.end <= sentences[span.sentence - 1].end
        for span in spans
    )


@dataclass(frozen=True, slots=True)
class _Layout:
    source: Source
    spans: Mapping[int, Sequence[Span]]
    """By sentence, in order."""
    citing: Mapping[str, Sequence[Claim]]

    def quotes(self) -> tuple[tuple[Passage | Gap, ...], ...]:
        """Each quoted sentence, with the gaps between them."""
        numbers = sorted(self.spans)
        edges = [0, *numbers, self.source.briefing.article.sentences + 1]
        rows: list[tuple[Passage | Gap, ...]] = []
        for before, number in pairwise(edges):
            if number - before > 1:
                rows.append((Gap(before + 1, number - 1),))
            if number in self.spans:
                spans = self.spans[number]
                rows.append((self._passage(number, _joined(spans), spans[0].place),))
        return tuple(rows)

    def text(self, article: Article) -> tuple[tuple[Passage | Gap, ...], ...]:
        """Each sentence, in the article's own paragraphs."""
        rows: list[list[Passage | Gap]] = [[]]
        breaks = _paragraph_breaks(article)
        for sentence in article.sentences:
            if sentence.number in breaks:
                rows.append([])
            pieces = _cut(sentence, self.spans.get(sentence.number, ()))
            rows[-1].append(self._passage(sentence.number, pieces, article.place_at(sentence.start)))
        return tuple(tuple(row) for row in rows)

    def _passage(self, number: int, pieces: tuple[Piece, ...], where: str | None) -> Passage:
        place = anchor(self.source.id, number)
        uncovered = number in self.source.briefing.coverage.uncovered
        return Passage(place, number, pieces, tuple(self.citing.get(place, ())), uncovered, where)


def _paragraph_breaks(article: Article) -> set[int]:
    """Numbers of the sentences that open a paragraph; a bare line end means one only where blank lines do not."""
    between = {
        after.number: article.text[before.end : after.start] for before, after in pairwise(article.sentences)
    }
    blank = {number for number, gap in between.items() if _BLANK_LINE.search(gap)}
    return blank or {number for number, gap in between.items() if "\n" in gap}


def _cut(sentence: Sentence, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """The sentence in pieces; `spans` lie inside it, sorted by start."""
    pieces: list[Piece] = []
    at = sentence.start
    for start, end, _ in _merged(spans):
        pieces.append(Piece(sentence.text[at - sentence.start : start - sentence.start], is_quoted=False))
        pieces.append(Piece(sentence.text[start - sentence.start : end - sentence.start], is_quoted=True))
        at = end
    pieces.append(Piece(sentence.text[at - sentence.start :], is_quoted=False))
    return tuple(piece for piece in pieces if piece.text)


def _joined(spans: Iterable[Span]) -> tuple[Piece, ...]:
    """The quotes alone, with an ellipsis where words between them are not quoted."""
    pieces: list[Piece] = []
    for _, _, quote in _merged(spans):
        if pieces:
            pieces.append(Piece(" … ", is_quoted=False))
        pieces.append(Piece(quote, is_quoted=True))
    return tuple(pieces)


def _merged(spans: Iterable[Span]) -> list[tuple[int, int, str]]:
    """Start, end and words of what the spans cover together; `spans` are sorted by start."""
    runs: list[tuple[int, int, str]] = []
    for span in spans:
        if runs and span.start <= runs[-1][1]:
            start, end, words = runs.pop()
            runs.append((start, max(end, span.end), words + span.quote[max(0, end - span.start) :]))
        else:
            runs.append((span.start, span.end, span.quote))
    return runs
