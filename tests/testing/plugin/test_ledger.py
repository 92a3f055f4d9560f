"""What a run writes down: which recordings its tests played, and which test made a recording."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from summarizer.testing.ledger import Ledger, read_ledger
from summarizer.testing.noting import Noting
from summarizer.testing.storage import read_tape
from tests.testing.plugin.projects import MARKED, PLUGIN, run

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.summarizer_loopback


def test_what_a_whole_run_played_is_written_down(project: pytest.Pytester) -> None:
    project.makepyfile(test_city=MARKED)
    run(project, "--summarizer-record=once")
    run(project)

    found = read_ledger(project.path)

    assert found is not None
    root, ledger = found
    assert root == project.path
    assert ledger.roots == ["."]
    assert ledger.covers("cassettes/lisbon.yaml")
    assert ledger.cassettes["cassettes/lisbon.yaml"].played == [0, 1]


@pytest.mark.parametrize("arguments", [["-k", "one"], ["test_city.py::test_one"], ["--ignore=elsewhere"]])
def test_a_run_of_a_part_cannot_tell_what_is_unused(project: pytest.Pytester, arguments: list[str]) -> None:
    body = MARKED.replace("test_two_calls", "test_one")
    project.makepyfile(test_city=body + "\n\ndef test_other():\n    pass\n")
    run(project, "--summarizer-record=once", *arguments)

    found = read_ledger(project.path)

    assert found is not None
    assert found[1].roots is None
    assert list(found[1].cassettes) == ["cassettes/lisbon.yaml"]


def test_a_project_without_recordings_gets_no_file_from_us(project: pytest.Pytester) -> None:
    project.makepyfile("def test_nothing():\n    pass\n")

    run(project).assert_outcomes(passed=1)

    assert read_ledger(project.path) is None


def test_recordings_know_the_test_that_made_them(project: pytest.Pytester) -> None:
    project.makepyfile(test_city=MARKED)
    run(project, "--summarizer-record=once")

    made = read_tape(project.path / "cassettes" / "lisbon.yaml").made

    assert made is not None
    assert made.test == "test_city.py::test_two_calls"
    assert made.runs == []


def test_what_several_workers_played_is_put_together(project: pytest.Pytester) -> None:
    """As the controller of pytest-xdist sees it; each worker has played a part, and one was killed in the second run."""

    def ledger_of(*outputs: dict[str, Any] | None) -> Ledger:
        noting = Noting(project.parseconfigure(*PLUGIN, "-p", "no:unraisableexception"))
        for output in outputs:
            noting.pytest_testnodedown(SimpleNamespace(workeroutput=output))
        noting.pytest_sessionfinish(cast("pytest.Session", SimpleNamespace(shouldfail=False)), 0)
        noting.pytest_unconfigure()
        found = read_ledger(project.path)
        assert found is not None
        return found[1]

    def output(*played: int) -> dict[str, Any]:
        entry = {"sha256": "0", "played": list(played), "recordings": 2}
        one: dict[str, Any] = {
            "cassettes": {"cassettes/lisbon.yaml": entry},
            "left_out": False,
            "recorded": [],
        }
        return {"summarizer_played": one}

    cut_short = ledger_of(output(0), None)
    whole = ledger_of(output(1), output(0))

    assert cut_short.roots is None
    assert whole.roots == ["."]
    assert whole.cassettes["cassettes/lisbon.yaml"].played == [0, 1]


@pytest.mark.thorough
def test_workers_of_xdist_replay_and_report_what_they_played(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    tests = "\n".join(
        f"@pytest.mark.summarizer_cassette\ndef test_{n}():\n    assert ask('{n}?')\n" for n in range(4)
    )
    project.makepyfile(test_city=f"from asking import ask\nimport pytest\n\n{tests}")

    xdist = ("-p", "xdist", "-n", "2")
    first = project.runpytest_subprocess(*PLUGIN, *xdist, "--summarizer-record=once")
    second = project.runpytest_subprocess(*PLUGIN, *xdist)

    first.assert_outcomes(passed=4)
    second.assert_outcomes(passed=4)
    written = json.loads((project.path / ".pytest_cache/v/summarizer/played").read_text(encoding="utf-8"))
    assert len(written["cassettes"]) == 4
    assert written["roots"] == ["."]
