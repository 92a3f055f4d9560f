"""Briefings with their articles, copies taken out, in the order and under the ids that the whole note uses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.errors import SettingsError
from summarizer.notes.copies import collapse, published_order
from summarizer.notes.grades import Grades
from summarizer.pipeline import record_of
from summarizer.types import ArticleRecord, Briefing, Span
from summarizer.types.note import Copy, Source, SourceId, SourceSpan

__all__ = ["Gathered", "articles_of", "gather", "label", "outlet", "span_of"]


@dataclass(frozen=True, slots=True)
class Gathered:
    """The sources of a note, and the article of each."""

    sources: Sequence[Source]
    articles: Mapping[SourceId, Article]


def gather(briefings: Sequence[Briefing], articles: Sequence[Article], *, grades: Grades | None) -> Gathered:
    """Pair briefings with their articles and find the copies among these.

    Args:
        briefings: In any order; those of copies are left out, one given twice counts once.
        articles: All that were read; one without a briefing is kept only if it copies another.
        grades: Of the outlets.

    Raises:
        SettingsError: no briefing, or one whose article is not given.
    """
    made = {_key(briefing.article): briefing for briefing in briefings}
    texts = {(article.id, article.sha256): article for article in articles}
    missing = next((briefing for key, briefing in made.items() if key not in texts), None)
    if missing is not None or not made:
        what = f"the article {missing.article.id!r} of a briefing" if missing else "a briefing"
        raise SettingsError(f"a note needs {what}.", hint="Give each briefing together with its article.")
    briefed = {texts[key] for key in made}
    sources: list[Source] = []
    found: dict[SourceId, Article] = {}
    for n, group in enumerate(collapse(texts.values(), sources=briefed), 1):
        briefing = made[group.article.id, group.article.sha256]
        copies = [
            Copy(article=record_of(copied.article), similarity=copied.similarity)
            for copied in sorted(group.copies, key=lambda c: published_order(c.article))
        ]
        grade = grades.of(briefing.article) if grades else None
        sources.append(Source(id=f"d{n}", briefing=briefing, copies=copies, grade=grade))
        found[f"d{n}"] = group.article
    return Gathered(sources, found)


def articles_of(sources: Sequence[Source], articles: Sequence[Article]) -> dict[SourceId, Article]:
    """The article of each source, as far as it is among the given ones."""
    texts = {(article.id, article.sha256): article for article in articles}
    pairs = ((source.id, texts.get(_key(source.briefing.article))) for source in sources)
    return {source: article for source, article in pairs if article is not None}


def span_of(source: SourceId, span: Span) -> SourceSpan:
    """A span of a briefing as a span of the note."""
    return SourceSpan(source=source, **span.model_dump())


def outlet(source: Source) -> str:
    """What tells whether two sources are independent: the outlet's name, else the article's own."""
    record = source.briefing.article
    return (record.source or record.id).casefold()


def label(source: Source) -> str:
    """How a sentence of ours names a source: by outlet and date."""
    record = source.briefing.article
    name = record.source or record.title or record.id
    return f"{name} ({record.published})" if record.published else name


def _key(record: ArticleRecord) -> tuple[str, str]:
    return record.id, record.sha256
