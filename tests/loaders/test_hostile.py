"""Files made to exhaust, mislead or hang their reader: a typed error each, in bounded memory and time."""

import io
import json
import os
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from summarizer.errors import EmptyArticle, InputError, LimitExceeded, UnsupportedSource
from summarizer.loaders import Failed, Loaded, load, load_all, read
from summarizer.loaders.formats import FORMATS
from summarizer.loaders.worker import parse_apart
from tests.loaders.golden import FILES

posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes, links and limits are those of POSIX")

ARTICLE = "<html><body><article><p>Varnia reopened the Lodi bridge to lorries on Tuesday morning.</p>"


def _docx(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def _pdf(stream: bytes, filters: bytes) -> bytes:
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        b"<</Length %d/Filter[%s]>>stream\n%s\nendstream" % (len(stream), filters, stream),
    )
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj%s endobj\n" % (n, part) for n, part in enumerate(parts, 1))
    return body + b"trailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF"


@pytest.mark.thorough
def test_an_archive_that_unpacks_to_gigabytes_is_refused_by_what_it_declares() -> None:
    bomb = _docx(document=b" " * 70_000_000)
    assert len(bomb) < 100_000

    with pytest.raises(LimitExceeded, match="unpacks to 67 MB"):
        parse_apart(FORMATS["docx"], bomb, "bomb.docx")


def test_an_archive_that_lies_about_its_size_gives_no_more_than_it_declared() -> None:
    honest = _docx(document=b"<a>" + b" " * 300_000 + b"</a>")
    size, lie = (300_007).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert size in honest

    with pytest.raises(InputError):
        parse_apart(FORMATS["docx"], honest.replace(size, lie), "liar.docx")


@pytest.mark.thorough
def test_a_pdf_that_inflates_twice_is_stopped() -> None:
    once = zlib.compress(b" " * 300_000_000, 9)

    with pytest.raises((LimitExceeded, EmptyArticle)):
        parse_apart(FORMATS["pdf"], _pdf(zlib.compress(once, 9), b"/FlateDecode/FlateDecode"), "bomb.pdf")


@posix
@pytest.mark.thorough
def test_a_mail_whose_subject_multiplies_runs_out_of_memory_not_we() -> None:
    subject = b"=?utf-8?q?a?= " * 50_000

    with pytest.raises(LimitExceeded):
        parse_apart(FORMATS["eml"], b"From: a@b.example\nSubject: " + subject + b"\n\nwords", "long.eml")


def test_a_pdf_whose_pages_are_their_own_parents_ends() -> None:
    loop = _pdf(b"", b"").replace(b"/Kids[3 0 R]", b"/Kids[2 0 R 3 0 R]")

    with pytest.raises(InputError):
        parse_apart(FORMATS["pdf"], loop, "loop.pdf")


@pytest.mark.parametrize(
    "dtd",
    [
        '<!ENTITY x SYSTEM "file:///etc/passwd">',
        '<!ENTITY % d SYSTEM "http://a.example/d"> %d;',
        "<!ENTITY x 'words'>",
    ],
)
def test_xml_entities_are_never_expanded(tmp_path: Path, dtd: str) -> None:
    feed = f"<?xml version='1.0'?><!DOCTYPE rss [{dtd}]><rss version='2.0'><channel><item><title>&x;</title></item></channel></rss>"
    (tmp_path / "x.rss").write_text(feed, encoding="utf-8")
    (tmp_path / "utf16.rss").write_text(
        feed.replace("version='1.0'", "version='1.0' encoding='utf-16'"), encoding="utf-16"
    )

    with pytest.raises(UnsupportedSource, match="entities"):
        load(tmp_path / "x.rss")
    with pytest.raises(UnsupportedSource):
        load(tmp_path / "utf16.rss")
    with pytest.raises(UnsupportedSource, match="document type"):
        parse_apart(FORMATS["docx"], _docx(document=f"<!DOCTYPE a [{dtd}]><a>&x;</a>".encode()), "x.docx")


def test_a_billion_laughs_stay_one() -> None:
    laughs = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10))

    with pytest.raises(UnsupportedSource, match="entities"):
        parse_apart(
            FORMATS["feed"],
            f"<!DOCTYPE rss [<!ENTITY l0 'ha'>{laughs}]><rss>&l9;</rss>".encode(),
            "laughs.rss",
        )


@pytest.mark.parametrize(
    "tag",
    [
        "b",
        *(
            pytest.param(tag, marks=pytest.mark.thorough)
            for tag in ("div", "table><tr><td", "ul><li", "blockquote")
        ),
    ],
)
def test_a_hundred_thousand_nested_elements_are_refused(tag: str) -> None:
    page = f"<html><body>{f'<{tag}>' * 100_000}Words at the bottom of it all."

    with pytest.raises(LimitExceeded, match="nested too deeply"):
        parse_apart(FORMATS["html"], page.encode(), "deep.html")


def test_a_deep_xml_part_and_deep_json_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LimitExceeded, match="nested too deeply"):
        parse_apart(FORMATS["docx"], _docx(document=b"<a>" * 100_000 + b"</a>" * 100_000), "deep.docx")
    (tmp_path / "deep.jsonl").write_text('{"text": ' + "[" * 100_000, encoding="utf-8")
    with pytest.raises(LimitExceeded, match=r"line 1 of .* is nested too deeply"):
        load(tmp_path / "deep.jsonl")


@pytest.mark.thorough
def test_many_elements_side_by_side_are_refused() -> None:
    with pytest.raises(LimitExceeded, match="more than 200,000 elements"):
        parse_apart(FORMATS["html"], ARTICLE.encode() + b"<i></i>" * 250_000, "wide.html")


@pytest.mark.thorough
def test_deeply_nested_messages_end() -> None:
    mail = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000))

    with pytest.raises(InputError):
        parse_apart(FORMATS["eml"], b"From: a@b.example\nSubject: deep\n" + mail, "deep.eml")


@pytest.mark.parametrize("name", ["long.txt", "long.jsonl", "long.html", "long.md"])
def test_one_line_of_50_megabytes_is_too_long(tmp_path: Path, name: str) -> None:
    start = {"long.jsonl": '{"text": "', "long.html": ARTICLE}.get(name, "")
    (tmp_path / name).write_text(start + "words " * 8_400_000, encoding="utf-8")

    with pytest.raises(LimitExceeded):
        load(tmp_path / name)


def test_the_line_after_one_that_is_too_long_is_read(tmp_path: Path) -> None:
    good = json.dumps(
        {"id": "good", "text": "Varnia reopened the Lodi bridge to lorries on Tuesday morning."}
    )
    (tmp_path / "a.jsonl").write_text('{"text": "' + "x" * 25_000_000 + f'"}}\n{good}\n', encoding="utf-8")

    long, after = load_all([tmp_path / "a.jsonl"])

    assert isinstance(long, Failed)
    assert isinstance(long.error, LimitExceeded)
    assert not isinstance(after, Failed)
    assert after.id == "good"


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.pdf").open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(2**31)

    with pytest.raises(LimitExceeded, match="larger than 64 MB"):
        load(tmp_path / "huge.pdf")


def test_null_characters_in_a_page_are_no_way_to_hide() -> None:
    page = f"{ARTICLE}<p st\0yle='display:none'>one</p>\0<p>The queue of lorries had grown to four kilometres.</p>"

    text = parse_apart(FORMATS["html"], page.encode(), "nul.html")[0].text

    assert "four kilometres" in text
    assert "\0" not in text


@posix
def test_what_must_not_be_opened_in_a_folder_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    text = "Varnia reopened the Lodi bridge to lorries on Tuesday morning."
    (outside / "secret.txt").write_text(text, encoding="utf-8")
    (inside / "a.txt").write_text(text, encoding="utf-8")
    (inside / "z.txt").write_text(text, encoding="utf-8")
    os.mkfifo(inside / "pipe.txt")
    (inside / "leak.txt").symlink_to(outside / "secret.txt")
    (inside / "up").symlink_to(tmp_path, target_is_directory=True)
    (inside / "loop").symlink_to(inside, target_is_directory=True)
    (inside / "self.txt").symlink_to(inside / "self.txt")

    items = list(load_all([inside]))

    assert [item.id for item in items if not isinstance(item, Failed)] == ["a", "z"]
    said = {Path(item.source).name: str(item.error) for item in items if isinstance(item, Failed)}
    assert set(said) == {"pipe.txt", "leak.txt", "up", "self.txt"}
    assert "pipe" in said["pipe.txt"]
    assert "leads out" in said["leak.txt"]
    assert "leads nowhere" in said["self.txt"]


@posix
@pytest.mark.parametrize("name", ["/dev/zero", "/dev/tty"])
def test_a_device_or_a_pipe_nobody_writes_to_is_refused_at_once(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe.txt")

    with pytest.raises(UnsupportedSource, match="named pipe"):
        load(tmp_path / "pipe.txt")
    with pytest.raises(UnsupportedSource):
        load(Path(name))


@posix
def test_the_output_of_a_command_can_stand_in_for_a_file() -> None:
    """As in `summarizer brief <(command)`."""
    out, into = os.pipe()
    os.write(into, b"Varnia reopened the Lodi bridge to lorries on Tuesday morning.")
    os.close(into)

    assert load(Path(f"/dev/fd/{out}")).text.startswith("Varnia")
    os.close(out)


def test_a_bad_input_among_good_ones_is_one_item() -> None:
    items = list(
        load_all([FILES / "bridge.txt", "no-such-file.txt", FILES / "bridge.md", "https://courier.example/a"])
    )

    assert [type(item).__name__ for item in items] == ["Article", "Failed", "Article", "Failed"]
    assert isinstance(read(FILES / "bridge.md"), Loaded)
