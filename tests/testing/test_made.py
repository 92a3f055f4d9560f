"""A recording knows what it was made of, and says so when that has changed."""

from pathlib import Path
from typing import Any

import pytest

from summarizer import Article
from summarizer.llm import ModelRef
from summarizer.pipeline.witness import tell, witnessed
from summarizer.prompting import PromptLibrary
from summarizer.resources import folder
from summarizer.testing.digests import Digests, changed, digests_of
from summarizer.testing.made import Asked, Made, changes, describe
from summarizer.testing.recording import JsonBody, Recording, Reply, Request
from summarizer.testing.storage import read_tape, save

LOCAL = ModelRef("local", "qwen2.5-coder-1.5b")
HOSTED = ModelRef("openai", "gpt-5-mini")
PASSES = ["actors", "revision", "signals", "summary"]
TEXT = "The harbour of Port Merrin was closed on Friday after two ships collided in fog."


def asked(name: str, model: str = LOCAL.name, content: str = "Hello.") -> Recording:
    """A recording of one pass."""
    tree: dict[str, Any] = {
        "model": model,
        "messages": [{"role": "user", "content": content}],
        "response_format": {"type": "json_schema", "json_schema": {"name": name.capitalize(), "schema": {}}},
    }
    request = Request(
        method="POST",
        uri="http://model.invalid/v1/chat/completions",
        body=JsonBody.model_validate({"json": tree}),
    )
    return Recording(request=request, reply=Reply(status=200))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with an article."""
    (tmp_path / "pyproject.toml").write_text("", encoding="utf-8")
    (tmp_path / "cassettes").mkdir()
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "harbour.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def made_of(
    project: Path, *recordings: Recording, prompts: Path | None = None, source: str | None = "harbour.txt"
) -> Made:
    """What a cassette of the project says after one article was briefed."""
    article = Article.from_text(TEXT, source=source, published="2026-03-02")
    with witnessed() as heard:
        tell(article, LOCAL, prompts)
    return describe(project / "cassettes" / "a.yaml", recordings, heard, test=None)


def overlay(
    folder_of_user: Path, name: str = "summary.user.md.jinja", old: str = "Task:", new: str = "Job:"
) -> Path:
    """Templates of the user's own: one of ours, with other words in it."""
    ours = (folder("prompts") / name).read_text(encoding="utf-8")
    assert old in ours
    folder_of_user.mkdir(parents=True, exist_ok=True)
    (folder_of_user / name).write_text(ours.replace(old, new), encoding="utf-8")
    return folder_of_user


def test_a_recording_names_its_passes_its_model_and_its_article_without_a_path_of_the_machine(
    project: Path,
) -> None:
    made = made_of(project, asked("summary"), asked("signals"), asked("summary", model="another"))

    (run,) = made.runs
    (article,) = run.articles
    assert sorted(run.digests.prompts) == sorted(run.digests.schemas) == ["signals", "summary"]
    assert (run.model, article.file, article.published) == (
        str(LOCAL),
        "../news/harbour.txt",
        "2026-03-02",
    )
    assert run.digests.model
    assert made.can_be_made_again
    assert str(project) not in made.model_dump_json()


@pytest.mark.parametrize(
    ("host", "path", "address"),
    [
        ("api.openai.com", "/v1/chat/completions", None),
        ("vllm.lan", "/models/v1/chat/completions", "http://model.invalid/models/v1"),
        ("", "/v1/chat/completions", "http://model.invalid/v1"),
    ],
)
def test_a_model_that_was_served_elsewhere_is_noted_without_where(
    project: Path, host: str, path: str, address: str | None
) -> None:
    article = Article.from_text(TEXT)
    with witnessed() as heard:
        tell(article, HOSTED, None)

    recordings = [asked("summary", model=HOSTED.name)]
    where = Asked(HOSTED.name, host, path)
    made = describe(project / "cassettes" / "a.yaml", recordings, heard, asked={where}, test=None)

    assert made.models == {str(HOSTED): address}
    assert "vllm" not in made.model_dump_json()


def test_a_text_that_came_from_no_file_cannot_be_made_again_by_a_command(project: Path) -> None:
    assert not made_of(project, asked("summary"), source=None).can_be_made_again
    assert not made_of(project, asked("summary"), source="elsewhere.txt").can_be_made_again


def test_nothing_has_changed_right_after_recording(project: Path) -> None:
    made = made_of(project, *map(asked, PASSES))

    assert changes(project / "cassettes" / "a.yaml", made) == []


def test_a_changed_article_is_named(project: Path) -> None:
    made = made_of(project, asked("summary"))
    (project / "news" / "harbour.txt").write_text(TEXT + " Nobody was hurt.", encoding="utf-8")

    assert changes(project / "cassettes" / "a.yaml", made) == ["article ../news/harbour.txt"]


def test_a_changed_template_of_the_user_is_named_by_its_pass(project: Path) -> None:
    templates = overlay(project / "templates")
    made = made_of(project, asked("summary"), asked("actors"), prompts=templates)
    overlay(templates, new="Assignment:")

    assert made.runs[0].prompts == "../templates"
    assert changes(project / "cassettes" / "a.yaml", made) == ["prompt summary"]


def test_an_unknown_model_is_a_change(project: Path) -> None:
    made = made_of(project, asked("summary"))
    gone = made.runs[0].model_copy(update={"model": "local/gone"})

    assert "model file" in changes(project / "cassettes" / "a.yaml", made.model_copy(update={"runs": [gone]}))


def test_every_prompt_of_ours_has_a_digest_and_each_pass_of_a_briefing_a_schema() -> None:
    found = digests_of(HOSTED, None, PromptLibrary().names)

    assert sorted(found.prompts) == PromptLibrary().names
    assert set(found.schemas) >= set(PASSES)
    assert len({*found.prompts.values(), *found.schemas.values()}) == len(found.prompts) + len(found.schemas)


def test_a_shared_part_changes_every_pass_and_a_comment_changes_none(tmp_path: Path) -> None:
    before = digests_of(LOCAL, None, PASSES)
    shared = digests_of(LOCAL, overlay(tmp_path / "a", "_analyst.md.jinja", "analyst", "reporter"), PASSES)
    comment = digests_of(LOCAL, overlay(tmp_path / "b", "_analyst.md.jinja", "{# ", "{# Once more: "), PASSES)

    assert changed(before, shared) == [f"prompt {name}" for name in PASSES]
    assert changed(before, comment) == []


def test_a_small_and_a_large_model_differ_in_schema_model_and_settings() -> None:
    differing = changed(digests_of(LOCAL, None, PASSES), digests_of(HOSTED, None, PASSES))

    assert {"schema summary", "model file", "settings"} <= set(differing)
    assert not any(name.startswith("prompt") for name in differing)


@pytest.mark.parametrize("field", ["codebook", "model", "settings"])
def test_each_single_digest_is_told_apart(field: str) -> None:
    one = Digests(codebook="c", model="m", settings="s")

    assert len(changed(one, one.model_copy(update={field: "other"}))) == 1


def test_the_header_survives_the_file_and_the_day_stays_while_nothing_else_changes(project: Path) -> None:
    path = project / "cassettes" / "a.yaml"
    made = made_of(project, asked("summary"))
    save(path, [asked("summary")], made.model_copy(update={"recorded": "2020-01-01"}))
    before = path.read_bytes()

    save(path, [asked("summary")], made)
    same = path.read_bytes()
    save(path, [asked("summary", content="Other.")], made)

    assert same == before
    assert read_tape(path).made == made


def test_a_cassette_without_header_still_plays(tmp_path: Path) -> None:
    save(tmp_path / "old.yaml", [asked("summary")])

    tape = read_tape(tmp_path / "old.yaml")

    assert tape.made is None
    assert len(tape.recordings) == 1


def test_only_what_is_briefed_inside_the_block_is_heard() -> None:
    article = Article.from_text(TEXT)
    tell(article, LOCAL, None)
    with witnessed() as outer:
        with witnessed() as inner:
            tell(article, LOCAL, None)
        tell(article, HOSTED, None)

    assert [one.model for one in inner] == [LOCAL]
    assert [one.model for one in outer] == [LOCAL, HOSTED]
