"""`cassettes check` and `cassettes record`, on folders with one thing wrong in each."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from summarizer.cli.cassettes import app
from summarizer.errors import CassetteError, SummarizerError
from summarizer.testing.checking import check, find_cassettes
from summarizer.testing.digests import digests_of
from summarizer.testing.ledger import Entry, Ledger, digest
from summarizer.testing.made import Made, Run, Source, version
from summarizer.testing.recording import JsonBody, Recording, Reply, Request
from summarizer.testing.renewing import plan
from summarizer.testing.storage import save
from tests.testing.test_made import LOCAL, TEXT, asked

RUN = CliRunner()
TODAY = "2026-03-02"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder of recordings in a project with an article."""
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    (tmp_path / "harbour.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "cassettes").mkdir()
    return tmp_path / "cassettes"


def made(*, test: str | None = None, file: str | None = None, **digests: Any) -> Made:
    """How a cassette was made today, but for the digests given."""
    found = digests_of(LOCAL, None, ["summary"]).model_copy(update=digests)
    run = Run(model=str(LOCAL), article=Source(file=file, sha256="0" * 64), digests=found)
    return Made(recorded=TODAY, version=version(), test=test, runs=[run])


def played(folder: Path, **entries: list[int]) -> None:
    """What a whole run of the tests played, by the name of the cassette."""
    paths = {name: folder / f"{name}.yaml" for name in entries}
    cassettes = {
        f"cassettes/{name}.yaml": Entry(sha256=digest(paths[name]), played=found, recordings=2)
        for name, found in entries.items()
    }
    home = folder.parent / ".pytest_cache" / "v" / "summarizer"
    home.mkdir(parents=True)
    (home / "played").write_text(Ledger(roots=["."], cassettes=cassettes).model_dump_json(), encoding="utf-8")


def kinds(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in check(find_cassettes(folder)):
        found.setdefault(one.path.stem, []).append(one.kind)
    return found


def test_a_recording_as_the_code_is_now_has_no_fault(folder: Path) -> None:
    save(folder / "fresh.yaml", [asked("summary")], made(test="test_a.py::test_it"))

    done = RUN.invoke(app, ["check", str(folder)])

    assert done.exit_code == 0
    assert done.stdout == "1 recording checked, none with a fault\n"


@pytest.mark.parametrize(
    ("digests", "said"),
    [
        ({"prompts": {"summary": "other"}}, "prompt summary"),
        ({"schemas": {"summary": "other"}}, "schema summary"),
        ({"codebook": "other"}, "codebook"),
        ({"model": "other"}, "model file"),
        ({"settings": "other"}, "settings"),
    ],
)
def test_a_stale_recording_says_what_changed(folder: Path, digests: dict[str, Any], said: str) -> None:
    save(folder / "old.yaml", [asked("summary")], made(test="test_a.py::test_it", **digests))

    done = RUN.invoke(app, ["check", str(folder)])

    assert done.exit_code == 1
    assert f"old.yaml: stale: changed since {TODAY}: {said}\n" in done.stdout
    assert "summarizer cassettes record" in done.stderr


def test_a_recording_without_header_is_of_unknown_age_and_no_fault(folder: Path) -> None:
    save(folder / "old.yaml", [asked("summary")])

    done = RUN.invoke(app, ["check", str(folder)])

    assert done.exit_code == 0
    assert "unknown age" in done.stdout


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("my key is sk-" + "abcdefgh12345678", "key"),
        ("Authorization: Bearer " + "abc123def456", "key"),
        ("Set-Cookie: " + "__cf_bm=1234", "cookie"),
        ("see /home/alice/notes", "folder"),
        ("see C:\\Users", "folder"),
        ("on localhost:8080", "host"),
    ],
)
def test_a_planted_secret_is_a_fault_and_is_never_repeated_whole(
    folder: Path, content: str, kind: str
) -> None:
    save(folder / "leaky.yaml", [asked("summary", content=content)], made(test="test_a.py::test_it"))

    done = RUN.invoke(app, ["check", str(folder)])

    assert done.exit_code == 1
    assert "leaky.yaml: leak: recording 1, request.body.json.messages[0].content" in done.stdout
    assert kind in done.stdout
    assert "abcdefgh12345678" not in done.stdout


def test_the_name_of_whoever_recorded_is_a_leak_unless_the_article_has_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from summarizer.testing import leaks

    monkeypatch.setattr(leaks, "_own_names", lambda: {"mbrightwater": "user", "forge-17.lan": "host"})
    tree: dict[str, Any] = {"choices": [], "note": "made by mbrightwater on forge-17.lan"}
    reply = Reply(status=200, body=JsonBody.model_validate({"json": tree}))
    request: Request = asked("summary", content="A Mr Mbrightwater spoke.").request
    save(
        folder / "named.yaml",
        [Recording(request=request, reply=reply)],
        made(test="test_mbrightwater.py::test_it"),
    )

    found = {(one.kind, one.message.rpartition(": ")[2]) for one in check(find_cassettes(folder))}

    assert found == {("leak", "host 'forge-17.lan'")}


def test_a_file_that_is_no_cassette_is_a_fault(folder: Path) -> None:
    (folder / "broken.yaml").write_text("version: 1\n", encoding="utf-8")

    assert kinds(folder) == {"broken": ["broken"]}


def test_unused_and_unplayed_recordings_are_known_after_a_whole_run(folder: Path) -> None:
    for name in ("both", "half", "none"):
        save(folder / f"{name}.yaml", [asked("summary"), asked("actors")], made(test="test_a.py::test_it"))
    save(folder / "demo.yaml", [asked("summary")], made(file="../harbour.txt"))
    played(folder, both=[0, 1], half=[1])

    found = {
        one.path.stem: (one.kind, one.message)
        for one in check(find_cassettes(folder))
        if one.path.stem != "demo"
    }

    assert set(found) == {"half", "none"}
    assert found["half"] == ("unplayed", "the last tests never asked for recording 1")
    assert found["none"][0] == "unused"


def test_a_recording_made_anew_since_the_last_run_is_not_called_unplayed(folder: Path) -> None:
    save(folder / "half.yaml", [asked("summary"), asked("actors")], made(test="test_a.py::test_it"))
    played(folder, half=[0])
    save(folder / "half.yaml", [asked("summary"), asked("revision")], made(test="test_a.py::test_it"))

    assert "unplayed" not in [one.kind for one in check(find_cassettes(folder))]


def test_a_replay_settles_whether_a_change_matters(folder: Path) -> None:
    """A digest tells that a part has changed; a replay, whether any request has."""
    path = folder / "demo.yaml"
    save(path, [asked("summary")], made(file="../harbour.txt", codebook="other"))

    def fits(_path: Path, _made: Made) -> SummarizerError | None:
        return None

    def misses(_path: Path, _made: Made) -> SummarizerError | None:
        return CassetteError("no recording answers the request")

    assert [one.kind for one in check([path], prove=fits)] == ["note"]
    assert [one.kind for one in check([path], prove=misses)] == ["stale"]
    assert [one.kind for one in check([path])] == ["stale"]


def test_a_change_that_no_digest_sees_is_found_by_a_replay(folder: Path) -> None:
    path = folder / "demo.yaml"
    fresh = made(file="../harbour.txt")
    (run,) = fresh.runs
    from summarizer import Article

    article = run.article.model_copy(update={"sha256": Article.from_text(TEXT).sha256})
    save(
        path,
        [asked("summary")],
        fresh.model_copy(update={"runs": [run.model_copy(update={"article": article})]}),
    )

    (found,) = check([path], prove=lambda _path, _made: CassetteError("no recording answers the request"))

    assert (found.kind, found.message) == (
        "stale",
        "the same call no longer fits: no recording answers the request",
    )


def test_a_project_is_searched_for_its_folders_and_its_environment_is_not(folder: Path) -> None:
    root = folder.parent
    for home in (
        root / "tests" / "cassettes" / "deep",
        root / ".venv" / "cassettes",
        root / "node_modules" / "cassettes",
    ):
        save(home / "a.yaml", [asked("summary")])
    (root / "settings.yml").write_text("a: 1\n", encoding="utf-8")

    assert [path.relative_to(root).as_posix() for path in find_cassettes(root)] == [
        "tests/cassettes/deep/a.yaml"
    ]


def test_a_folder_without_recordings_is_an_error_that_says_how_to_make_one(folder: Path) -> None:
    done = RUN.invoke(app, ["check", str(folder)])

    assert done.exit_code == 1
    assert "--summarizer-record=once" in done.stderr


def counted(name: str, model: str = LOCAL.name) -> Recording:
    """A recording whose reply says what it took."""
    usage = {"prompt_tokens": 1000, "completion_tokens": 50, "prompt_tokens_details": {"cached_tokens": 400}}
    reply = Reply(status=200, body=JsonBody.model_validate({"json": {"choices": [], "usage": usage}}))
    return Recording(request=asked(name, model=model).request, reply=reply)


def test_the_embedded_model_costs_nothing_and_a_model_nobody_noted_an_unknown_amount(folder: Path) -> None:
    save(folder / "a.yaml", [counted("summary"), counted("actors")], made(test="test_a.py::test_it"))
    save(folder / "b.yaml", [counted("summary")])

    embedded, unknown = plan(folder / "a.yaml"), plan(folder / "b.yaml")

    assert (embedded.requests, embedded.tokens.input, embedded.tokens.output) == (2, 2000, 100)
    assert embedded.cost_usd == 0.0
    assert unknown.cost_usd is None


def test_what_recording_takes_is_shown_before_anything_is_sent(folder: Path) -> None:
    save(folder / "a.yaml", [counted("summary")], made(test="test_a.py::test_it", codebook="other"))

    done = RUN.invoke(app, ["record", "--dir", str(folder)])

    assert done.exit_code == 2
    assert "pytest test_a.py::test_it; 1 request, 1,000 tokens in, 50 out, no cost" in done.stderr
    assert "Add --yes" in done.stderr


def test_without_names_only_what_is_stale_is_recorded(folder: Path) -> None:
    save(folder / "fresh.yaml", [counted("summary")], made(test="test_a.py::test_it"))

    done = RUN.invoke(app, ["record", "--dir", str(folder), "--yes"])

    assert (done.exit_code, done.stdout) == (0, "Nothing is stale.\n")


def test_a_name_nobody_knows_is_answered_with_those_there_are(folder: Path) -> None:
    save(folder / "fresh.yaml", [counted("summary")])

    done = RUN.invoke(app, ["record", "stale", "--dir", str(folder), "--yes"])

    assert done.exit_code == 2
    assert "There are fresh." in done.stderr


def test_a_recording_may_lie_anywhere_when_its_path_is_given(folder: Path) -> None:
    path = folder.parent / "demo.yaml"
    save(path, [counted("summary")])

    done = RUN.invoke(app, ["record", str(path), "--dir", str(folder), "--yes"])

    assert f"{path}: nobody noted how it was made" in done.stderr


def test_a_recording_that_cannot_be_made_by_a_command_says_so_and_stays(folder: Path) -> None:
    save(folder / "old.yaml", [counted("summary")])
    before = (folder / "old.yaml").read_bytes()

    done = RUN.invoke(app, ["record", "old", "--dir", str(folder), "--yes"])

    assert done.exit_code == 1
    assert "nobody noted how it was made" in done.stderr
    assert (folder / "old.yaml").read_bytes() == before


def test_the_test_that_made_a_recording_makes_it_again(folder: Path) -> None:
    """Here it only notes what it was run with: no server is there to be asked."""
    (folder.parent / "conftest.py").write_text(
        "def pytest_addoption(parser):\n    try:\n        parser.addoption('--summarizer-record')\n"
        "    except ValueError:\n        pass\n",
        encoding="utf-8",
    )
    (folder.parent / "test_a.py").write_text(
        "from pathlib import Path\n\ndef test_it(request):\n"
        "    Path('seen.txt').write_text(request.config.getoption('--summarizer-record'))\n",
        encoding="utf-8",
    )
    save(folder / "a.yaml", [counted("summary")], made(test="test_a.py::test_it"))
    save(folder / "b.yaml", [counted("summary")], made(test="test_gone.py::test_it"))

    done = RUN.invoke(app, ["record", "a", "b", "--dir", str(folder), "--yes"])

    assert done.exit_code == 3
    assert (folder.parent / "seen.txt").read_text(encoding="utf-8") == "rewrite"
    assert json.dumps(done.stdout).count("recorded") == 1
    assert "test_gone.py::test_it, is gone" in done.stderr
