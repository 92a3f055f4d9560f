"""The articles of a note as an annex: every sentence with its number, the cited ones marked."""

import re
from collections.abc import Iterator, Mapping

from summarizer.article import Article
from summarizer.errors import SettingsError
from summarizer.render.layout import Block, Fixed, Paragraph, Run, Section, Subheading, Words
from summarizer.render.note_sources import source_spans
from summarizer.types.note import Note, Source, SourceId

__all__ = ["article_sections", "checked"]


def checked(note: Note, articles: Mapping[SourceId, Article] | None) -> Mapping[SourceId, Article]:
    """The articles, once it is certain that the spans of the note are places in them.

    Raises:
        SettingsError: an article is not the one that its source was made from, or is of no source.
    """
    digests = {source.id: source.briefing.article.sha256 for source in note.sources}
    for name, article in (articles or {}).items():
        if digests.get(name) != article.sha256:
            raise SettingsError(
                f"the article given for {name} is not the one that its briefing was made from.",
                hint="Give each article under the id of its source.",
            )
    return articles or {}


def article_sections(note: Note, articles: Mapping[SourceId, Article] | None) -> tuple[Section, ...]:
    """One section, or none where no article was given.

    Raises:
        SettingsError: an article is not the one that its source was made from, or is of no source.
    """
    articles = checked(note, articles)
    if not articles:
        return ()
    cited = {(span.source, span.sentence) for span in source_spans(note)}
    blocks: list[Block] = []
    for source in note.sources:
        article = articles.get(source.id)
        blocks.append(Subheading(_heading(source)))
        if article is None:
            blocks.append(Paragraph((Fixed("The text of this article was not given."),), "fine"))
        else:
            blocks += _paragraphs(article, {number for name, number in cited if name == source.id})
    return (Section("The articles", tuple(blocks)),)


def _heading(source: Source) -> tuple[Run, ...]:
    return (Fixed(f"{source.id} · "), Words(source.briefing.article.title or source.briefing.headline))


def _paragraphs(article: Article, cited: set[int]) -> Iterator[Paragraph]:
    """Paragraphs as the article has them: at blank lines or, where it has none, at every line end."""
    # Without spaces on both sides of a mark: their backtracking would cost the cube of a run of empty lines.
    mark = re.compile(r"\n\s*\n" if re.search(r"\n[^\S\n]*\n", article.text.strip()) else r"\n")
    runs: list[Run] = []
    end = 0
    for sentence in article.sentences:
        if runs and mark.search(article.text, end, sentence.start):
            yield Paragraph(tuple(runs))
            runs = []
        tone = "marked" if sentence.number in cited else "plain"
        between = " " if runs else ""
        runs += [Fixed(f"{between}{sentence.number} ", "quiet"), Words(sentence.text, tone)]
        end = sentence.end
    yield Paragraph(tuple(runs))
