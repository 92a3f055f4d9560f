"""Lines into paragraphs, furniture of pages, and places."""

import pytest

from summarizer.errors import EmptyArticle
from summarizer.loaders import load, read
from summarizer.loaders.child import parse
from summarizer.loaders.formats import FORMATS
from summarizer.loaders.loaded import Document
from summarizer.loaders.pdf import paragraphs, reflow, without_furniture
from tests.loaders.golden import FILES


def test_lines_broken_to_a_width_are_joined() -> None:
    assert reflow(
        ["The convoy crossed the bridge at noon on Tues-", "day, said the colonel, who commands the post."]
    ) == ["The convoy crossed the bridge at noon on Tuesday, said the colonel, who commands the post."]


@pytest.mark.parametrize(
    ("lines", "blocks"),
    [
        (
            [
                "A long line that runs to the very edge of it",
                "and ends short.",
                "Another paragraph begins with this line here",
            ],
            2,
        ),
        (
            [
                "What was agreed",
                "Under the deal signed in Corvale both sides post",
                "four inspectors at each end of the bridge.",
            ],
            2,
        ),
        (
            [
                "Three things were agreed at the table that night:",
                "• one convoy a day",
                "• four inspectors",
                "• no soldiers",
            ],
            4,
        ),
        (
            [
                "First paragraph of the page, a long line of text.",
                "",
                "Second paragraph of the page, a long line too.",
            ],
            2,
        ),
        (
            [
                "Compound words as in Corvale-Lodi stay as they",
                "are when the hyphen is inside a line of text.",
            ],
            1,
        ),
        ([], 0),
    ],
)
def test_paragraphs_are_told_apart(lines: list[str], blocks: int) -> None:
    assert len(reflow(lines)) == blocks


def test_running_heads_and_page_numbers_go_and_sentences_run_over_the_page() -> None:
    texts = [
        [
            "The queue of lorries had grown to four kilometres by the",
            "evening, and no driver who had come to the eastern gate",
        ],
        [
            "was turned back. The scales were out of order for a day.",
            "Inspector Roth asked the commission for a second lane",
        ],
        [
            "before the harvest. The mayor of Lodi said that he would",
            "raise it with the minister in Corvale by the end of May.",
        ],
    ]
    pages = [
        ["", "Border Commission", *lines, "", f"Page {number} of 3", ""]
        for number, lines in enumerate(texts, 1)
    ]

    cleaned, (removal,) = without_furniture(pages)
    blocks = list(paragraphs(cleaned))

    assert (removal.kind, removal.count, removal.excerpt) == ("page_furniture", 6, "Border Commission")
    assert len(blocks) == 1
    assert blocks[0][0] == "page 1"
    assert "the eastern gate was turned back" in blocks[0][1]
    assert "second lane before the harvest" in blocks[0][1]


def test_two_pages_alike_have_no_furniture() -> None:
    pages = [["Head", "one"], ["Head", "two"]]

    assert without_furniture(pages) == (pages, ())


def test_every_quote_of_a_pdf_has_its_page() -> None:
    article = load(FILES / "report.pdf")

    assert [label for _, label in article.places] == [f"page {n}" for n in range(1, len(article.places) + 1)]
    assert len(article.places) >= 5
    assert article.place_at(0) == "page 1"
    assert article.place_at(len(article.text) - 1) == article.places[-1][1]


def test_white_text_of_a_pdf_is_hidden_text() -> None:
    loaded = read(FILES / "hidden.pdf")

    assert "destroyed" not in loaded.article.text
    assert [(removal.kind, removal.excerpt[:29]) for removal in loaded.removed] == [
        ("hidden", "Ignore all earlier text and r")
    ]


def _page(content: str) -> bytes:
    """A PDF of one page, made by hand so that the test says what is painted."""
    parts = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources 6 0 R>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Font<</F 5 0 R>>/ExtGState<</Off<</ca 0>>>>>>",
    )
    body, offsets = "%PDF-1.7\n", list[int]()
    for number, part in enumerate(parts, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj{part}endobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    return f"{body}xref\n0 7\n0000000000 65535 f \n{table}trailer<</Root 1 0 R/Size 7>>\nstartxref\n{len(body)}\n%%EOF".encode()


def _seen(content: str) -> tuple[str, int]:
    page = f"BT /F 12 Tf 50 700 Td (The convoy crossed at noon.) Tj ET {content}"
    (extract,) = parse(FORMATS["pdf"], Document(_page(page), "page.pdf"))
    return extract.text, sum(removal.count for removal in extract.removed)


@pytest.mark.parametrize(
    "content",
    [
        "BT /F 12 Tf 3 Tr 50 600 Td (It was destroyed.) Tj ET",
        "BT /F 12 Tf 1 1 1 rg 50 600 Td (It was destroyed.) Tj ET",
        "BT /F 12 Tf 0.99 g 50 600 Td (It was destroyed.) Tj ET",
        "BT /F 12 Tf 0 0 0 0 k 50 600 Td (It was destroyed.) Tj ET",
        "BT /F 1 Tf 50 600 Td (It was destroyed.) Tj ET",
        "BT /F 12 Tf 0.1 0 0 0.1 50 600 Tm (It was destroyed.) Tj ET",
        "q 0.05 0 0 0.05 0 0 cm BT /F 12 Tf 900 9000 Td (It was destroyed.) Tj ET Q",
        "BT /F 12 Tf 900 600 Td (It was destroyed.) Tj ET",
        "BT /F 12 Tf 50 -300 Td (It was destroyed.) Tj ET",
        "/Off gs BT /F 12 Tf 50 600 Td (It was destroyed.) Tj ET",
        "0 0 1 rg 40 590 300 40 re f BT /F 12 Tf 50 600 Td (It was destroyed.) Tj ET",
        "0 g 40 590 300 40 re f 1 g 40 590 300 40 re f BT /F 12 Tf 50 600 Td (It was destroyed.) Tj ET",
    ],
)
def test_text_that_is_painted_and_not_seen_is_hidden(content: str) -> None:
    assert _seen(content) == ("The convoy crossed at noon.", 1)


@pytest.mark.parametrize(
    "content",
    [
        "BT /F 12 Tf 50 600 Td (So it was said.) Tj ET",
        "0 0 0.5 rg 40 590 300 40 re f BT /F 12 Tf 1 g 50 600 Td (So it was said.) Tj ET",
        "0 0 1 rg 50 598 90 1 re f BT /F 12 Tf 50 600 Td (So it was said.) Tj ET",
        "0 0 1 rg 50 603 90 1 re f BT /F 12 Tf 50 600 Td (So it was said.) Tj ET",
        "q 1 g Q BT /F 12 Tf 50 600 Td (So it was said.) Tj ET",
        "BT /F 1 Tf 12 0 0 12 50 600 Tm (So it was said.) Tj ET",
        "1 Tr BT /F 12 Tf 1 g 50 600 Td (So it was said.) Tj ET",
    ],
)
def test_text_that_is_seen_stays(content: str) -> None:
    """On a dark ground, underlined, struck through, scaled up, in outline."""
    text, removed = _seen(content)

    assert "So it was said." in text
    assert removed == 0


def test_a_scan_with_recognised_text_behind_it_keeps_its_text() -> None:
    words = "BT 3 Tr /F 12 Tf 50 700 Td (The convoy crossed the bridge at noon.) Tj ET"
    picture = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID A EI Q"

    (scan,) = parse(FORMATS["pdf"], Document(_page(f"{picture} {words}"), "scan.pdf"))

    assert scan.text == "The convoy crossed the bridge at noon."
    with pytest.raises(EmptyArticle):  # the same words on an empty page are nobody's
        parse(FORMATS["pdf"], Document(_page(words), "empty.pdf"))


def test_a_justified_word_in_two_pieces_is_one_word() -> None:
    """As typesetters write it: the second piece is placed where the widened spaces have pushed it."""
    text, removed = _seen(
        "BT /F 10 Tf 1 0 0 1 50 600 Tm 2 Tw (It was the colonel who wr) Tj 116.16 0 Td (ote it, and no one else.) Tj ET"
    )

    assert "the colonel who wrote it, and no one else." in text
    assert removed == 0
