"""The plugin in a user's project: what a test with the mark does the first time, the second, and after a change."""

import pytest

from summarizer.testing import FakeServer
from summarizer.testing.fake_server import answer, failure
from tests.testing.plugin.projects import MARKED, run, said

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.summarizer_loopback


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
