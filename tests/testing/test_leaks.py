"""Secrets in a cassette are found, and news is not mistaken for secrets."""

from pathlib import Path
from typing import Any

import pytest

from summarizer.errors import CassetteError
from summarizer.testing import Problem, check_secrets, scan
from summarizer.testing.checking import find_cassettes
from summarizer.testing.recording import BinaryBody, JsonBody, Recording, Reply, Request, TextBody, body_of
from summarizer.testing.storage import save

URI = "http://model.invalid/v1/chat/completions"


def problems(
    folder: Path, *, said: str = "News.", reply: str = "Fine.", uri: str = URI, **headers: str
) -> list[Problem]:
    """What is found in a cassette with this prompt and this reply."""
    chat: dict[str, Any] = {"model": "m", "messages": [{"role": "user", "content": said}]}
    kept = Recording(
        request=Request(method="POST", uri=uri, body=JsonBody(json=chat)),
        reply=Reply(
            status=200,
            headers={name.replace("_", "-"): [value] for name, value in headers.items()},
            body=JsonBody(json={"error": {"message": reply}}),
        ),
    )
    save(folder / "a.yaml", [kept])
    return check_secrets(folder / "a.yaml")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("key", "Incorrect API key provided: sk-proj-Abc123Abc123Abc123."),
        ("key", "header was Bearer eyJhbGciOi.J9x"),
        ("key", "gsk_abcdefgh12345678"),
        ("key", "-----BEGIN RSA " + "PRIVATE KEY-----"),
        ("account", "rate limit reached in organization org-a1b2c3d4e5f6g7h8i9"),
        ("cookie", "__cf_bm=abc.def"),
        ("cookie", "Set-Cookie: session=1"),
        ("folder", "no such file: /home/alice/models/m.gguf"),
        ("folder", "model at /Users/alice/m.gguf"),
        ("folder", r"C:\Users\alice\m.gguf"),
        ("folder", "~/models/m.gguf"),
        ("folder", "file:///srv/m.gguf"),
        ("folder", "cannot open /anywhere/at-all/m.gguf"),
        ("folder", "listening on /tmp/x/llama.sock"),
        ("host", "upstream localhost:8080 failed"),
        ("host", "upstream 10.1.2.3 failed"),
        ("host", "see https://gateway.internal.example:8443/v1"),
    ],
)
def test_what_identifies_the_recorder_is_found(tmp_path: Path, kind: str, text: str) -> None:
    found = problems(tmp_path, reply=text)

    assert [(p.kind, p.where) for p in found] == [(kind, "recording 1, reply.body.json.error.message")]


@pytest.mark.parametrize(
    "text",
    [
        "The task-oriented sk- prefix; the bearer certificates were risk-free-and-safe.",
        "Talks 24/7, and/or by 5/6/2024; he said '/s/ Smith' on http://model.invalid/tmp/x.",
        "The org-wide plan, the project_management office, and ~/10 others.",
        "Version 10.1.2 of ISO 27001:2022 at 12:30.",
        "",
    ],
)
def test_news_is_not_mistaken_for_secrets(tmp_path: Path, text: str) -> None:
    assert problems(tmp_path, reply=text) == []


def test_a_reply_may_repeat_a_host_that_the_article_names(tmp_path: Path) -> None:
    assert (
        problems(tmp_path, said="See https://news.example/a.", reply="It cites https://news.example/b.") == []
    )
    assert [p.found for p in problems(tmp_path, said="News.", reply="https://news.example/b")] == [
        "https://news.example"
    ]


def test_a_folder_in_a_prompt_is_found(tmp_path: Path) -> None:
    assert [p.kind for p in problems(tmp_path, said="Source: /home/alice/news.txt")] == ["folder"]


def test_a_foreign_host_or_a_key_in_the_address_is_found(tmp_path: Path) -> None:
    assert [p.kind for p in problems(tmp_path, uri="https://api.provider.example/v1")] == ["host"]
    assert [p.kind for p in problems(tmp_path, uri=URI + "?v=1&api_key=x")] == ["key"]


def test_every_header_off_the_list_is_found(tmp_path: Path) -> None:
    found = problems(tmp_path, x_request_id="1", content_type="application/json", retry_after="3")

    assert [(p.kind, p.found) for p in found] == [("header", "x-request-id")]


def test_a_key_in_the_name_of_a_field_or_in_bytes_is_found(tmp_path: Path) -> None:
    request = Request(method="GET", uri="http://model.invalid/")
    bodies: list[Any] = [
        JsonBody(json={"sk-abcdefgh1234": 1}),
        body_of(b"\xff sk-abcdefgh1234"),
        TextBody(text="sk-abcdefgh1234"),
    ]
    assert isinstance(bodies[1], BinaryBody)
    save(
        tmp_path / "a.yaml",
        [Recording(request=request, reply=Reply(status=200, body=body)) for body in bodies],
    )

    assert [p.where.split(",")[0] for p in check_secrets(tmp_path / "a.yaml")] == [
        f"recording {n}" for n in (1, 2, 3)
    ]


def test_a_problem_never_repeats_the_key(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, reply="sk-Abc123Abc123Abc123")

    assert "Abc123Abc" not in str(problem)
    assert str(tmp_path / "a.yaml") in str(problem)


def test_a_scan_covers_folders_below_and_reports_what_is_no_cassette(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    problems(tmp_path / "below", reply="sk-Abc123Abc123Abc123")
    (tmp_path / "broken.yml").write_text("sk-Abc123Abc123Abc123: [", encoding="utf-8")
    (tmp_path / "README.md").write_text("sk-Abc123Abc123Abc123", encoding="utf-8")

    assert [(p.path.name, p.kind) for p in scan(tmp_path)] == [("a.yaml", "key"), ("broken.yml", "file")]


def test_a_missing_folder_is_not_a_clean_one(tmp_path: Path) -> None:
    with pytest.raises(CassetteError, match="no folder"):
        scan(tmp_path / "absent")


def test_the_cassettes_of_this_repository_hold_no_secret() -> None:
    ours = find_cassettes(Path(__file__).parents[2])

    assert [problem for path in ours for problem in check_secrets(path)] == []
    assert {"lake-crisis", "lighthouse"} <= {path.stem for path in ours}
