"""An office's own Jinja template: what it sees, what it cannot do, and what is said when it is wrong."""

from pathlib import Path

import pytest

from summarizer.errors import SettingsError, TemplateError
from summarizer.render.template import note_with_template
from tests.render.invented_note import article, note


def _rendered(folder: Path, name: str, template: str, **options: object) -> str:
    (folder / name).write_text(template, encoding="utf-8")
    articles = {"d1": article("d1")} if options.get("with_article") else None
    return note_with_template(note(), articles, folder / name)


def test_it_sees_the_note_as_its_json_has_it(tmp_path: Path) -> None:
    text = _rendered(
        tmp_path,
        "memo.txt",
        "{{ note.title }} / {{ note.escalation.level }}\n"
        "{% for s in note.escalation_signals if s.date %}\n{{ s.date }} {{ s.reports[0].source }}\n{% endfor %}\n",
    )

    assert text == (
        "Varnia shells Port Sule, then agrees to talks / high\n2031-05-05 d1\n2031-05-06 d2\n2031-05-08 d3\n"
    )


def test_it_sees_the_articles_that_are_given(tmp_path: Path) -> None:
    template = "{% for s in articles.d1.sentences %}{{ s.number }}{{ '*' if s.cited }} {% endfor %}{{ articles.d1.source }}"

    assert _rendered(tmp_path, "memo.txt", template, with_article=True) == "1* 2* 3* Coast Herald"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("memo.html.jinja", "Tarn &amp; Sons *"),
        ("memo.XML", "Tarn &amp; Sons *"),
        ("memo.md.jinja", "Tarn &amp; Sons \\*"),
        ("memo.txt.j2", "Tarn & Sons *"),
    ],
)
def test_text_is_escaped_as_the_name_of_the_file_says(tmp_path: Path, name: str, shown: str) -> None:
    (tmp_path / name).write_text("{{ note.title }}", encoding="utf-8")

    assert note_with_template(note(title="Tarn & Sons *"), None, tmp_path / name) == shown


def test_a_macro_of_a_markdown_template_keeps_its_own_marks(tmp_path: Path) -> None:
    template = "{% macro strong(x) %}**{{ x }}**{% endmacro %}{{ strong('a_b') }} {{ 'c_d' | markdown }}"

    assert _rendered(tmp_path, "memo.md", template) == "**a\\_b** c\\_d"


def test_it_can_include_its_neighbours_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "letterhead.txt").write_text("Ministry of Harbours", encoding="utf-8")

    assert _rendered(tmp_path, "memo.txt", "{% include 'letterhead.txt' %}") == "Ministry of Harbours"
    with pytest.raises(TemplateError, match=r"memo\.txt, line 1"):
        _rendered(tmp_path, "memo.txt", "{% include '../../../etc/passwd' %}")


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("one\n\n{{ note.nothing }}", r"memo.txt, line 3\): .*no attribute 'nothing'"),
        ("one\n{% for %}", r"broken \(memo.txt, line 2\)"),
        ("{{ 1 / 0 }}", r"memo.txt, line 1\): division by zero"),
        ("{{ nobody }}", "'nobody' is undefined"),
        ("{{ note.__class__.__mro__ }}", "unsafe"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "unsafe"),
        ("{{ '{0.__class__}'.format(note) }}", "unsafe"),
        ("{{ note.update({'title': 'x'}) }}", "unsafe"),
        ("{{ range(10**9) | list }}", "MAX_RANGE"),
        ("{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", "recursion"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, template: str, why: str) -> None:
    with pytest.raises(TemplateError, match=why):
        _rendered(tmp_path, "memo.txt", template)


def test_a_template_that_is_not_there_or_not_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(TemplateError, match="there is no template"):
        note_with_template(note(), None, tmp_path / "none.txt")
    with pytest.raises(TemplateError, match="there is no template"):
        note_with_template(note(), None, tmp_path)
    with pytest.raises(TemplateError, match=r"memo\.txt"):
        note_with_template(note(), None, tmp_path / "memo.txt")


def test_an_article_of_another_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "memo.txt").write_text("{{ note.title }}", encoding="utf-8")

    with pytest.raises(SettingsError, match="the article given for d9"):
        note_with_template(note(), {"d9": article("d1")}, tmp_path / "memo.txt")
