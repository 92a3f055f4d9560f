"""What a test may reach while a recording answers, and in a suite that blocks the network."""

import pytest

from summarizer.testing import FakeServer
from tests.testing.plugin.projects import run

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.summarizer_loopback


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
