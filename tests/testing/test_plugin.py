"""The pytest plugin in projects of its own: what a user's test does the first time, the second, and after a change."""

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from summarizer.testing import FakeServer, fake_server
from summarizer.testing.fake_server import answer, failure
from summarizer.testing.ledger import read_ledger
from summarizer.testing.storage import read_tape

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.summarizer_loopback

PRELOADED = [import_module(f"summarizer.{name}") for name in ("llm.connection", "pipeline", "testing.player")]
"""Loaded before pytester takes its snapshot of what is loaded, or every run inside would load it anew."""

PLUGIN = ("-p", "summarizer.testing.plugin")

ASKING = """
import httpx2, pytest

def ask(question):
    body = {{"model": "fake-model", "messages": [{{"role": "user", "content": question}}]}}
    reply = httpx2.post("{origin}/chat/completions", json=body)
    return reply.json()["choices"][0]["message"]["content"]
"""

MARKED = """
from asking import ask
import pytest

@pytest.mark.summarizer_cassette("lisbon")
def test_two_calls():
    assert ask("where is it?") == "Lisbon"
    assert ask("when?") == "1755"
"""


@pytest.fixture
def server() -> Iterator[FakeServer]:
    """Says two things, then repeats the second."""
    with fake_server(answer("Lisbon"), answer("1755")) as running:
        yield running


@pytest.fixture
def project(
    pytester: pytest.Pytester, server: FakeServer, monkeypatch: pytest.MonkeyPatch
) -> pytest.Pytester:
    """A project whose tests ask the server."""
    for name in ("CI", "SUMMARIZER_RECORD"):
        monkeypatch.delenv(name, raising=False)
    # Named instead, because the plugins of whoever runs these tests are no part of them.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.syspathinsert()
    pytester.makepyfile(asking=ASKING.format(origin=server.base_url))
    pytester.makeini("[pytest]\n")
    return pytester


def run(project: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return project.runpytest_inprocess(*PLUGIN, *arguments)


def said(result: pytest.RunResult) -> str:
    return "\n".join(result.outlines)


def test_the_first_run_records_and_the_second_needs_nobody(
    project: pytest.Pytester, server: FakeServer
) -> None:
    project.makepyfile(test_city=MARKED)

    first = run(project, "--summarizer-record=once")
    asked = len(server.requests)
    second = run(project)

    first.assert_outcomes(passed=1)
    second.assert_outcomes(passed=1)
    assert (project.path / "cassettes" / "lisbon.yaml").is_file()
    assert "summarizer recorded cassettes/lisbon.yaml" in said(first)
    assert len(server.requests) == asked == 2


def test_a_missing_recording_is_one_message_that_says_how_to_make_it(project: pytest.Pytester) -> None:
    project.makepyfile(test_city=MARKED)

    result = run(project)

    result.assert_outcomes(errors=1)
    assert "there is no recording 'cassettes/lisbon.yaml'" in said(result)
    assert "pytest test_city.py::test_two_calls --summarizer-record=once" in said(result)
    assert "Traceback" not in said(result)
    assert "storage.py" not in said(result)


def test_a_changed_prompt_fails_the_test_with_the_explanation_and_nothing_else(
    project: pytest.Pytester,
) -> None:
    """Neither "Connection error" nor the traceback of a client library."""
    project.makepyfile(test_city=MARKED)
    run(project, "--summarizer-record=once")
    project.makepyfile(test_city=MARKED.replace("where is it?", "where was it?"))

    result = run(project)

    result.assert_outcomes(failed=1)
    shown = said(result)
    assert "-messages[0].content: 'where is it?'" in shown
    assert "+messages[0].content: 'where was it?'" in shown
    assert "pytest test_city.py::test_two_calls --summarizer-record=rewrite" in shown
    assert "Connection error" not in shown
    assert "site-packages" not in shown


def test_rewrite_replaces_a_recording_and_once_keeps_it(project: pytest.Pytester, server: FakeServer) -> None:
    project.makepyfile(test_city=MARKED)
    run(project, "--summarizer-record=once")
    run(project, "--summarizer-record=once").assert_outcomes(passed=1)
    kept = len(server.requests)
    server.script[:] = [answer("Lisbon"), answer("1755")]
    server.requests.clear()

    run(project, "--summarizer-record=rewrite").assert_outcomes(passed=1)

    assert kept == 2
    assert len(server.requests) == 2


def test_a_test_that_fails_while_recording_leaves_no_recording(project: pytest.Pytester) -> None:
    project.makepyfile(test_city=MARKED.replace("1755", "1756"))

    run(project, "--summarizer-record=once").assert_outcomes(failed=1)

    assert not (project.path / "cassettes" / "lisbon.yaml").exists()


def test_a_recording_that_is_not_asked_for_fails_the_test_itself(project: pytest.Pytester) -> None:
    project.makepyfile(test_city=MARKED)
    run(project, "--summarizer-record=once")
    project.makepyfile(test_city=MARKED.replace('    assert ask("when?") == "1755"\n', ""))

    result = run(project)

    result.assert_outcomes(failed=1)
    assert "1 of 2 recordings were never asked for" in said(result)


def test_a_miss_that_the_code_survives_fails_the_test(project: pytest.Pytester) -> None:
    project.makepyfile(test_city=MARKED)
    run(project, "--summarizer-record=once")
    project.makepyfile(
        test_city=MARKED + "    try:\n        ask('who?')\n    except Exception:\n        pass\n"
    )

    result = run(project)

    result.assert_outcomes(failed=1)
    assert "no recording answers the request" in said(result)


def test_the_ini_file_can_ask_for_recording_but_not_where_ci_runs(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.makeini("[pytest]\nsummarizer_record = once\nsummarizer_cassettes = data/runs\n")
    project.makepyfile(test_city=MARKED)

    monkeypatch.setenv("CI", "true")
    in_ci = run(project)
    monkeypatch.delenv("CI")
    at_home = run(project)

    in_ci.assert_outcomes(errors=1)
    at_home.assert_outcomes(passed=1)
    assert (project.path / "data" / "runs" / "lisbon.yaml").is_file()


def test_the_environment_can_ask_for_recording(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.makepyfile(test_city=MARKED)
    monkeypatch.setenv("SUMMARIZER_RECORD", "once")

    run(project).assert_outcomes(passed=1)


def test_a_misspelt_mode_is_a_usage_error(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_RECORD", "always")

    result = run(project)

    assert result.ret == pytest.ExitCode.USAGE_ERROR
    assert "none, once, rewrite" in "\n".join([*result.outlines, *result.errlines])


def test_a_mark_without_a_name_takes_the_name_of_the_test(project: pytest.Pytester) -> None:
    project.makepyfile(
        test_city="""
        from asking import ask
        import pytest

        class TestCity:
            @pytest.mark.summarizer_cassette
            @pytest.mark.parametrize("question", ["where/now", "when?"])
            def test_it(self, question):
                assert ask(question)
        """
    )

    run(project, "--summarizer-record=once").assert_outcomes(passed=2)

    names = {path.name for path in (project.path / "cassettes").iterdir()}
    assert names == {"test_city.TestCity.test_it-where-now.yaml", "test_city.TestCity.test_it-when.yaml"}
    run(project).assert_outcomes(passed=2)


def test_a_name_cannot_leave_the_folder(project: pytest.Pytester) -> None:
    project.makepyfile(test_city=MARKED.replace("lisbon", "../lisbon"))

    result = run(project, "--summarizer-record=once")

    result.assert_outcomes(errors=1)
    assert not (project.path / "lisbon.yaml").exists()


def test_a_fixture_that_asks_a_model_is_recorded_with_its_test(project: pytest.Pytester) -> None:
    project.makepyfile(
        test_city="""
        from asking import ask
        import pytest

        @pytest.fixture
        def city():
            return ask("where is it?")

        @pytest.mark.summarizer_cassette
        def test_it(city):
            assert city == "Lisbon"
            assert ask("when?") == "1755"

        def test_by_fixture(summarizer_cassette):
            assert summarizer_cassette.stem == "test_city.test_by_fixture"
            assert ask("when?") == "1755"
        """
    )

    run(project, "--summarizer-record=once").assert_outcomes(passed=2)
    run(project).assert_outcomes(passed=2)


def test_coroutines_replay(project: pytest.Pytester) -> None:
    """Run by the test itself, and by anyio's plugin, whose tests are coroutines."""
    project.makepyfile(
        test_city="""
        import asyncio, openai, pytest
        from asking import ask

        async def aask(question):
            return await asyncio.to_thread(ask, question)

        @pytest.mark.summarizer_cassette
        def test_of_its_own():
            assert asyncio.run(aask("where is it?")) == "Lisbon"

        @pytest.mark.anyio
        @pytest.mark.summarizer_cassette
        async def test_of_a_plugin():
            assert await aask("when?") == "1755"

        @pytest.fixture
        def anyio_backend():
            return "asyncio"
        """
    )

    anyio = ("-p", "anyio.pytest_plugin")
    run(project, *anyio, "--summarizer-record=once").assert_outcomes(passed=2)
    run(project, *anyio).assert_outcomes(passed=2)


def test_a_retry_inside_a_recording_replays_without_waiting(
    project: pytest.Pytester, server: FakeServer
) -> None:
    """Neither asleep nor awake: a wait that is skipped must not turn into a loop until its time has come."""
    server.script[:] = [
        failure(429, headers={"retry-after-ms": "1"}),
        answer('{"city": "Lisbon", "year": 1755}'),
    ]
    project.makepyfile(
        test_city=f"""
        import asyncio, time, pytest
        from pydantic import BaseModel
        from summarizer.llm import Client, ModelRef

        class City(BaseModel, extra="forbid"):
            city: str
            year: int

        async def go():
            ref = ModelRef("openai", "fake-model")
            async with Client(ref, base_url="{server.base_url}", api_key="k") as client:
                reply = await client.ask("Be brief.", "Where?", City, name="where", max_tokens=64)
                return reply.value.city, reply.usage.requests

        @pytest.mark.summarizer_cassette("retry")
        def test_it(monkeypatch):
            waits, sleep = [], asyncio.sleep

            async def counted(seconds, *rest):
                waits.append(seconds)
                await sleep(seconds, *rest)

            monkeypatch.setattr(asyncio, "sleep", counted)
            assert asyncio.run(go()) == ("Lisbon", 2)
            assert len(waits) < 10
            assert sum(waits) < 1
        """
    )
    run(project, "--summarizer-record=once").assert_outcomes(passed=1)
    cassette = project.path / "cassettes" / "retry.yaml"
    slow = cassette.read_text(encoding="utf-8").replace(
        "retry-after-ms:\n      - '1'", "retry-after:\n      - '20'"
    )
    cassette.write_text(slow, encoding="utf-8")
    assert "'20'" in slow

    run(project).assert_outcomes(passed=1)


def test_the_network_is_blocked_while_a_recording_answers(project: pytest.Pytester) -> None:
    project.makepyfile(
        test_city="""
        from asking import ask
        import pytest, socket

        def attempt(what):
            with pytest.raises(Exception, match="the network is blocked in this test"):
                what()

        @pytest.mark.summarizer_cassette("lisbon")
        def test_it():
            assert ask("where is it?") == "Lisbon"
            import os
            if os.environ.get("REPLAYED"):
                attempt(lambda: socket.create_connection(("192.0.2.1", 80)))
                attempt(lambda: socket.getaddrinfo("example.com", 80))
                attempt(lambda: socket.gethostbyname("example.com"))
                attempt(lambda: socket.create_connection(("127.0.0.1", 80)))
                with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagrams:
                    attempt(lambda: datagrams.sendto(b"x", ("192.0.2.1", 53)))

        def test_unmarked():
            socket.getaddrinfo("localhost", 80)
        """
    )
    run(project, "--summarizer-record=once").assert_outcomes(passed=2)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REPLAYED", "1")
        run(project).assert_outcomes(passed=2)


def test_loopback_is_open_to_those_who_ask(project: pytest.Pytester, server: FakeServer) -> None:
    project.makepyfile(
        test_city=f"""
        from asking import ask
        import pytest, socket

        pytestmark = pytest.mark.summarizer_loopback

        @pytest.mark.summarizer_cassette("lisbon")
        def test_it():
            assert ask("where is it?") == "Lisbon"
            socket.create_connection(("127.0.0.1", {server.base_url.rpartition(":")[2].partition("/")[0]})).close()
            with pytest.raises(Exception, match="blocked"):
                socket.getaddrinfo("example.com", 80)
        """
    )
    cassette = project.path / "cassettes" / "lisbon.yaml"
    source = project.path / "test_city.py"
    whole = source.read_text(encoding="utf-8")
    source.write_text(
        whole[
            : whole.index("            with")
            if "            with" in whole
            else whole.index("    with pytest")
        ]
    )
    run(project, "--summarizer-record=once").assert_outcomes(passed=1)
    source.write_text(whole, encoding="utf-8")

    run(project).assert_outcomes(passed=1)
    assert cassette.is_file()


def test_a_whole_suite_can_block_the_network(project: pytest.Pytester) -> None:
    project.makeini("[pytest]\nsummarizer_block_network = true\n")
    project.makepyfile(
        """
        import pytest, socket

        def test_nothing_leaves():
            with pytest.raises(Exception, match="blocked"):
                socket.getaddrinfo("localhost", 80)

        @pytest.mark.summarizer_loopback
        def test_loopback():
            socket.getaddrinfo("localhost", 80)
        """
    )

    run(project).assert_outcomes(passed=2)


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


def test_workers_of_xdist_replay_and_report_what_they_played(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("xdist", reason="pytest-xdist is not part of the extra `test`")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
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
