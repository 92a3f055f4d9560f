"""Who decides whether a test records, and where its recording lies."""

import pytest

from summarizer.testing import FakeServer
from summarizer.testing.fake_server import answer
from tests.testing.plugin.projects import MARKED, run

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.summarizer_loopback


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
