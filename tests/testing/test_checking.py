"""`cassettes check`, on folders with one thing wrong in each."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from summarizer.cli.cassettes import app
from summarizer.errors import CassetteError, SummarizerError
from summarizer.testing.checking import check, find_cassettes
from summarizer.testing.ledger import Entry, Ledger, digest
from summarizer.testing.made import Made
from summarizer.testing.recording import JsonBody, Recording, Reply, Request
from summarizer.testing.storage import save
from tests.testing.made_today import TODAY, made
from tests.testing.test_made import TEXT, asked

RUN = CliRunner()


def played(folder: Path, *, unfinished: Sequence[str] = (), **entries: list[int]) -> None:
    """What a whole run of the tests played, by the name of the cassette."""
    paths = {name: folder / f"{name}.yaml" for name in entries}
    cassettes = {
        f"cassettes/{name}.yaml": Entry(sha256=digest(paths[name]), played=found, recordings=2)
        for name, found in entries.items()
    }
    home = folder.parent / ".pytest_cache" / "v" / "summarizer"
    home.mkdir(parents=True)
    ledger = Ledger(roots=["."], unfinished=list(unfinished), cassettes=cassettes)
    (home / "played").write_text(ledger.model_dump_json(), encoding="utf-8")


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


def test_a_test_that_failed_is_not_held_against_its_recording(folder: Path) -> None:
    save(folder / "half.yaml", [asked("summary"), asked("actors")], made(test="test_a.py::test_it"))
    played(folder, half=[1], unfinished=["test_a.py::test_it"])

    assert kinds(folder) == {}


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

    (article,) = run.articles
    article = article.model_copy(update={"sha256": Article.from_text(TEXT).sha256})
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
