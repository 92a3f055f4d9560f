"""A cassette file gives every character back, reads well, and is replaced whole or not at all."""

import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

import summarizer.testing
from summarizer.errors import CassetteError
from summarizer.testing import scan, storage, use_cassette, yamltext
from summarizer.testing.recording import JsonBody, Recording, Reply, Request, TextBody, body_of

AWKWARD = "\n\r\t \x85\u2028\u2029\ufeff\u200b\xa0#:-?|>'\"&*!%@`{}[],~\\=<é“\U0001f600\x1b\x7f\x9b\x00"
CHARACTERS = st.sampled_from(AWKWARD) | st.characters(exclude_categories=["Cs"])


def repeated(part: str, times: int, end: str) -> str:
    """A text long enough to be folded."""
    return part * times + end


TEXTS = st.text(CHARACTERS, max_size=30) | st.builds(
    repeated, st.text(CHARACTERS, max_size=9), st.integers(1, 60), st.text(CHARACTERS, max_size=4)
)
NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
TREES = st.recursive(
    st.none()
    | st.booleans()
    | NUMBERS
    | TEXTS
    | st.sampled_from(["yes", "null", "1.0", "2024-12-05", "=", "<<", "1_0", "0x1", "12:30:45"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)


def recording(tree: Any, reply: str = "fine") -> Recording:
    """A recording of a request with this JSON body."""
    return Recording(
        request=Request(
            method="POST", uri="http://model.invalid/v1/chat/completions", body=JsonBody(json=tree)
        ),
        reply=Reply(
            status=200, reason="OK", headers={"content-type": ["text/plain"]}, body=TextBody(text=reply)
        ),
    )


@given(TREES)
@example({"text": "one\r\ntwo\x85three\u2028four\u2029five "})
@example({"text": "  leading\nand trailing \n\n"})
@example({"text": "\ufeff\U0001f1fa\U0001f1e6 \U00010348"})
@example({"x" * 200: "long key", "a\nb": "broken key"})
@example({"\U00010000" * 104: "a key that grows when it is escaped"})
@example({"\x85" + "\U00010000" * 126: "the same, quoted"})
@example([1e300, -0.0, 5e-324, 10**400])
def test_yaml_gives_every_json_value_back(tree: Any) -> None:
    """Both readers of PyYAML, the one in C and the one in Python, must agree."""
    written = yamltext.dumps({"body": tree})

    assert repr(yamltext.loads(written)) == repr({"body": tree})
    assert repr(yaml.safe_load(written)) == repr({"body": tree})


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_a_saved_cassette_reads_back_as_it_was(tmp_path: Path, newline: str) -> None:
    text = f"One{newline}  two {newline}{newline}“three” \U0001f600{newline}"
    kept = [recording({"text": text}, reply=text), recording({"text": None})]

    storage.save(tmp_path / "new" / "a.yaml", kept)

    assert storage.read(tmp_path / "new" / "a.yaml") == kept


def test_a_body_that_is_not_text_reads_back_as_it_was(tmp_path: Path) -> None:
    body = body_of(bytes(range(256)))
    kept = [
        Recording(
            request=Request(method="GET", uri="http://model.invalid/"), reply=Reply(status=200, body=body)
        )
    ]

    storage.save(tmp_path / "a.yaml", kept)

    assert storage.read(tmp_path / "a.yaml") == kept


def test_prompts_stand_in_the_file_as_lines_and_in_their_own_script(tmp_path: Path) -> None:
    lines = ["[1] 海は静かだ。", '[2] "Nobody: came," he said.', "    and went # away"]
    storage.save(tmp_path / "a.yaml", [recording({"content": "\n".join(lines)})])

    written = (tmp_path / "a.yaml").read_text(encoding="utf-8").splitlines()

    assert [line.removeprefix(" " * 10) for line in written[-12:] if "]" in line or "#" in line] == lines


def test_equal_values_are_written_out_in_full(tmp_path: Path) -> None:
    """An alias would hide in a diff what a recording holds."""
    shared = {"type": "string"}

    assert yamltext.dumps({"a": shared, "b": shared}) == "a:\n  type: string\nb:\n  type: string\n"


def test_a_cassette_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    storage.save(path, [recording({"n": 1})])
    before = path.read_bytes()

    def full(_path: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CassetteError, match="No space left"):
        storage.save(path, [recording({"n": 2})])

    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_cassette_that_would_read_back_differently_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lossy(_tree: object) -> str:
        return "recordings: []\n"

    monkeypatch.setattr(yamltext, "dumps", lossy)

    with pytest.raises(CassetteError, match="would not read back"):
        storage.save(tmp_path / "a.yaml", [recording({"n": 1})])

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is not a cassette"),
        (b"a: [", "cannot be read"),
        (
            b"version: 1\nrecordings:\n- request: {method: POST}\n",
            r"is not a cassette: recordings\.0\.request\.uri",
        ),
        (b"version: 2\nrecordings: []\n", "is not a cassette: version"),
        (b"!!python/object/apply:os.getcwd []\n", "cannot be read"),
        (b"caf\xe9: 1\n", "cannot be read"),
        (b"a: \x00\n", "cannot be read"),
    ],
    ids=["empty", "cut", "incomplete", "other-version", "code", "other-encoding", "control"],
)
def test_a_broken_cassette_is_named_and_never_taken_for_missing(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "broken.yaml"
    path.write_bytes(content)

    with pytest.raises(CassetteError, match=reason) as caught, use_cassette(path):
        pass

    assert "broken.yaml" in str(caught.value)
    assert path.read_bytes() == content


def test_a_missing_cassette_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(CassetteError, match=r"no recording .*absent\.yaml"),
        use_cassette(tmp_path / "absent.yaml"),
    ):
        pass


@pytest.mark.parametrize(("package", "module"), [("vcr", "player"), ("yaml", "yamltext")])
def test_a_missing_package_says_which_extra_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str, module: str
) -> None:
    path = tmp_path / "a.yaml"
    storage.save(path, [recording({"n": 1})])
    importlib.import_module(f"summarizer.testing.{module}")
    monkeypatch.delattr(summarizer.testing, module)
    monkeypatch.delitem(sys.modules, f"summarizer.testing.{module}")
    for name in [name for name in sys.modules if name.split(".")[0] == package]:
        monkeypatch.setitem(sys.modules, name, None)

    with pytest.raises(CassetteError, match=package) as caught, use_cassette(path):
        pass

    assert caught.value.hint == "pip install 'summarizer[test]'"


def test_a_scan_without_yaml_fails_instead_of_finding_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage.save(tmp_path / "a.yaml", [recording({"n": 1})])
    monkeypatch.delattr(summarizer.testing, "yamltext")
    monkeypatch.delitem(sys.modules, "summarizer.testing.yamltext")
    monkeypatch.setitem(sys.modules, "yaml", None)

    with pytest.raises(CassetteError, match="yaml"):
        scan(tmp_path)


def test_importing_the_package_needs_no_extra() -> None:
    code = "import sys; sys.modules.update(vcr=None, yaml=None); import summarizer.testing"

    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0
