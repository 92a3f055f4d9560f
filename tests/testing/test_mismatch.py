"""A miss explains itself: what was sent, what comes nearest, where the two differ."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from summarizer.testing.mismatch import explanation, title, unplayed
from summarizer.testing.recording import JsonBody, Recording, Reply, Request, fingerprint

ARTICLE = "[1] The ferry sailed at noon.\n[2] Nobody was hurt.\n"


def request(task: str, kind: str = "Facts", *, article: str = ARTICLE, **fields: Any) -> Request:
    """A pass over the article: the article first, its task last."""
    tree: dict[str, Any] = {
        "model": "small",
        "messages": [{"role": "system", "content": article}, {"role": "user", "content": task}],
        "response_format": {"type": "json_schema", "json_schema": {"name": kind, "schema": {"title": kind}}},
    }
    return Request(
        method="POST", uri="http://model.invalid/v1/chat/completions", body=JsonBody(json=tree | fields)
    )


def recorded(*requests: Request) -> list[Recording]:
    """Recordings of these requests."""
    return [Recording(request=one, reply=Reply(status=200)) for one in requests]


def test_a_changed_prompt_shows_its_old_and_new_line() -> None:
    said = explanation(request("List ships."), recorded(request("Name ships.")), set())

    assert said.splitlines() == [
        "no recording answers the request POST /v1/chat/completions (small, Facts)",
        "nearest is recording 1 of 1, POST /v1/chat/completions (small, Facts), not played yet",
        "--- recorded",
        "+++ sent",
        "-messages[1].content: 'Name ships.'",
        "+messages[1].content: 'List ships.'",
    ]


def test_the_nearest_recording_is_the_same_pass_over_the_other_text() -> None:
    """The article is most of a request; the task and the reply type still decide."""
    tasks = [
        request("Who acts?", "Actors"),
        request("What escalates?", "Signals"),
        request("Sum up.", "Summary"),
    ]

    said = explanation(
        request("What escalates?", "Signals", article=ARTICLE + "[3] New.\n"), recorded(*tasks), set()
    )

    assert "nearest is recording 2 of 3" in said
    assert said.endswith("+messages[0].content: '[3] New.\\n'")


def test_a_fresh_recording_comes_before_a_played_one_that_is_as_near() -> None:
    same = recorded(request("Name ships."), request("Name ships."))

    assert "recording 2 of 2, " in explanation(request("List ships."), same, {0})


def test_a_request_sent_too_often_is_told_from_one_never_recorded() -> None:
    said = explanation(request("Name ships."), recorded(request("Name ships.")), {0})

    assert "sent more often than it was recorded" in said
    assert "---" not in said


def test_a_changed_schema_is_shown_by_its_place() -> None:
    shape = {
        "type": "json_schema",
        "json_schema": {"name": "Facts", "schema": {"title": "Facts", "maxItems": 4}},
    }

    said = explanation(request("Go.", response_format=shape), recorded(request("Go.")), set())

    assert "+response_format.json_schema.schema.maxItems: 4" in said.splitlines()


def test_another_address_is_shown() -> None:
    sent = Request(method="GET", uri="http://model.invalid/v1/models?all=1")

    said = explanation(sent, recorded(request("Go.")), set())

    assert said.splitlines()[-6:] == [
        "-method: 'POST'",
        "+method: 'GET'",
        "-path: '/v1/chat/completions'",
        "+path: '/v1/models'",
        "-query: []",
        "+query: [('all', '1')]",
    ]


def test_a_missing_body_is_shown() -> None:
    sent = request("Go.").model_copy(update={"body": None})

    assert "+body: none" in explanation(sent, recorded(request("Go.")), set())


def test_a_long_line_is_cut_around_the_place_where_it_differs() -> None:
    old, new = (f"{'word ' * 200}{middle}{' word' * 200}" for middle in ("peace", "war"))

    said = explanation(request(new), recorded(request(old)), set())

    assert "peace" in said
    assert "war word" in said
    assert max(map(len, said.splitlines())) < 170


def test_a_difference_that_the_eye_would_miss_is_spelled_out() -> None:
    said = explanation(request("Go.\u00a0Now \n"), recorded(request("Go. Now\n")), set())

    assert "+messages[1].content: 'Go.\\xa0Now \\n'" in said


def test_a_long_diff_is_cut_and_says_by_how_much() -> None:
    old, new = ("\n".join(f"{side} {n}" for n in range(40)) for side in ("old", "new"))

    lines = explanation(request(new), recorded(request(old)), set()).splitlines()

    assert len(lines) <= 17
    assert lines[-1] == "(68 more lines differ)"


def test_an_empty_cassette_says_so() -> None:
    assert explanation(request("Go."), [], set()).endswith("the cassette is empty")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda c: st.lists(c) | st.dictionaries(st.text(), c),
        max_leaves=6,
    ),
    st.text(),
)
def test_whatever_differs_is_explained_by_at_least_one_line(tree: Any, text: str) -> None:
    one, other = (
        Request(method="POST", uri="http://model.invalid/", body=JsonBody(json=body))
        for body in (tree, [tree, text])
    )

    said = explanation(one, recorded(other), set())

    assert fingerprint(one) != fingerprint(other)
    assert any(line.startswith(("-", "+")) for line in said.split("+++ sent\n")[1].splitlines())


def test_recordings_nobody_asked_for_are_named() -> None:
    kept = recorded(request("One.", "Actors"), request("Two.", "Signals"))

    assert unplayed(kept, {0, 1}) == ""
    assert unplayed(kept, {0}).splitlines() == [
        "1 of 2 recordings were never asked for",
        "  recording 2: POST /v1/chat/completions (small, Signals)",
    ]


def test_a_title_names_the_tool_where_there_is_no_schema() -> None:
    tools = [{"type": "function", "function": {"name": "Facts"}}]

    assert (
        title(request("Go.", response_format=None, tools=tools)) == "POST /v1/chat/completions (small, Facts)"
    )
    assert title(request("Go.", response_format="?", tools=[])) == "POST /v1/chat/completions (small)"
