"""The lexicon proposes: the right type, mode and direction for sentences of every kind, all made up for these tests."""

import tomllib
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.grounding.lexicon import lexicon, read_lexicon
from summarizer.grounding.proposals import Proposal, propose
from summarizer.resources import folder
from summarizer.types.signals import EventType

REST = " That was all that anyone would say about it for the rest of the day."
"""Makes one sentence long enough for an article."""
SEED = Path(__file__).parents[2] / "seeds" / "gerasimov-brown-call.txt"


def best(sentence: str) -> Proposal:
    """The surest proposal for a sentence."""
    found = [p for p in propose(Article.from_text(sentence + REST)) if p.sentence == 1]
    assert found, sentence
    return max(found, key=lambda p: p.score)


@pytest.mark.parametrize(
    ("sentence", "types", "mode", "direction"),
    [
        (
            "The two presidents spoke by telephone for forty minutes on Tuesday.",
            "CONSULT",
            "phone",
            "de_escalatory",
        ),
        (
            "Defence Minister Ona Brandt called her Velnian counterpart late on Sunday to discuss the collision.",
            "CONSULT",
            "phone",
            "de_escalatory",
        ),
        (
            "Foreign ministers of the five coastal states met in Geneva on Monday.",
            "CONSULT",
            None,
            "de_escalatory",
        ),
        (
            "President Adamu arrived in Tarsk for a three-day state visit.",
            "CONSULT",
            "visit",
            "de_escalatory",
        ),
        (
            "Norwegian diplomats are mediating between the junta and the exiled government.",
            "CONSULT",
            "third-party",
            "de_escalatory",
        ),
        (
            "Negotiators from both armies held a second round of talks at the border post.",
            "CONSULT",
            None,
            "de_escalatory",
        ),
        (
            "The general staff notified its neighbours of the missile test three days in advance.",
            "CONSULT",
            None,
            "de_escalatory",
        ),
        ("The leaders will meet in Vienna next month.", "AGREE", None, "de_escalatory"),
        ("Karvelia agreed to resume talks on the disputed islands.", "AGREE", None, "de_escalatory"),
        (
            "The prime minister said his government was ready to negotiate without preconditions.",
            "AGREE",
            None,
            "de_escalatory",
        ),
        (
            "Velnia pledged to send blankets and medicine to the flooded province.",
            "AGREE",
            None,
            "de_escalatory",
        ),
        ("The rebels offered a truce during the holiday.", "AGREE CONCEDE", None, "de_escalatory"),
        (
            "The ministry gave assurances that the satellites would not carry weapons.",
            "AGREE",
            None,
            "de_escalatory",
        ),
        ("Parliament ratified the border treaty by a wide margin.", "SUPPORT", None, "de_escalatory"),
        ("The alliance welcomed the withdrawal of the northern garrison.", "SUPPORT", None, "de_escalatory"),
        ("Ostrava recognised the breakaway province as an independent state.", "SUPPORT", None, None),
        ("The senator voiced strong support for air strikes on the island.", "SUPPORT", None, "escalatory"),
        (
            "The two countries restored diplomatic relations after nine years.",
            "SUPPORT",
            None,
            "de_escalatory",
        ),
        (
            "The defence ministers signed an agreement on joint patrols.",
            "SUPPORT COOPERATE",
            None,
            "de_escalatory",
        ),
        ("The president apologised for the downing of the airliner.", "CONCEDE", None, "de_escalatory"),
        (
            "The junta announced a unilateral ceasefire beginning at midnight.",
            "CONCEDE",
            None,
            "de_escalatory",
        ),
        (
            "Velnia said it would withdraw its brigades from the valley by spring.",
            "CONCEDE",
            None,
            "de_escalatory",
        ),
        ("Brussels will ease sanctions on the shipping sector.", "CONCEDE", None, "de_escalatory"),
        ("The court granted an amnesty to sixty jailed officers.", "CONCEDE", None, "de_escalatory"),
        ("The government dropped its demand that the port be returned.", "CONCEDE", None, "de_escalatory"),
        (
            "Washington allowed Velnia to fire its long-range rockets at targets inside Ostrava.",
            "CONCEDE AGREE",
            None,
            "escalatory",
        ),
        (
            "London lifted its restrictions on the use of cruise missiles against bases across the border.",
            "CONCEDE AGREE",
            None,
            "escalatory",
        ),
        (
            "The president authorised strikes deeper into enemy territory.",
            "CONCEDE AGREE",
            None,
            "escalatory",
        ),
        ("The two navies held a joint exercise in the gulf.", "COOPERATE", None, "ambiguous"),
        ("Karvelia and Meridia exchanged intelligence about the smugglers.", "COOPERATE", None, None),
        ("Meridia extradited the banker to Velnia.", "COOPERATE", None, None),
        (
            "The sides swapped ninety prisoners on the bridge at dawn.",
            "COOPERATE RETREAT",
            None,
            "de_escalatory",
        ),
        ("Ostrava delivered twelve fighter jets to the coastal government.", "AID", None, "escalatory"),
        ("Berlin will supply the brigade with four air defence systems.", "AGREE AID", None, "escalatory"),
        ("The United States approved a $2 billion arms package for the island.", "AID", None, "escalatory"),
        ("Iranian officers trained militia fighters at a camp near the lake.", "AID", None, "escalatory"),
        ("The agency delivered 300 tons of food to the besieged town.", "AID", None, "de_escalatory"),
        ("The Kingdom gave $40 million in humanitarian aid to refugees.", "AID", None, "de_escalatory"),
        ("Ostravan troops withdrew from the Sula valley on Friday.", "RETREAT", "withdraw", "de_escalatory"),
        ("The militia released four captured pilots.", "RETREAT", "release", "de_escalatory"),
        ("The group handed over its heavy weapons to the monitors.", "RETREAT", "disarm", "de_escalatory"),
        ("The ceasefire took effect at noon.", "RETREAT CONCEDE", None, "de_escalatory"),
        (
            "The generals allowed aid convoys into the camp for the first time.",
            "RETREAT",
            "access",
            "de_escalatory",
        ),
        ("The interior minister resigned over the shooting.", "RETREAT", "resign", "de_escalatory"),
        ("The army lifted its blockade of the harbour.", "RETREAT CONCEDE", None, "de_escalatory"),
        ("Velnia urged both sides to show restraint.", "REQUEST", None, "de_escalatory"),
        ("The council called for an immediate ceasefire.", "REQUEST", None, "de_escalatory"),
        (
            "Karvelia demanded that Ostrava pull its troops back from the river.",
            "REQUEST",
            None,
            "escalatory",
        ),
        ("The mayor asked the government for more generators.", "REQUEST", None, None),
        ("The president ordered the separatists to lay down their arms.", "REQUEST", None, None),
        ("The envoy appealed to donors for tents.", "REQUEST", None, None),
        ("The chancellor condemned the attack on the consulate.", "ACCUSE", "disapprove", "escalatory"),
        ("Velnia accused its neighbour of jamming satellite signals.", "ACCUSE", "allege", "escalatory"),
        (
            "The foreign ministry summoned the Ostravan ambassador to protest the overflight.",
            "ACCUSE",
            "disapprove",
            "escalatory",
        ),
        (
            "The court opened an investigation into the sinking of the ferry.",
            "ACCUSE",
            "investigate",
            "ambiguous",
        ),
        ("Officials blamed the blackout on foreign hackers.", "ACCUSE", "allege", "escalatory"),
        ("Prosecutors charged two officers with treason.", "ACCUSE", "allege", "escalatory"),
        ("The prime minister criticised the alliance for its silence.", "ACCUSE", "disapprove", "escalatory"),
        ("Karvelia lodged a formal complaint with the United Nations.", "ACCUSE", "disapprove", "escalatory"),
        ("Ostrava rejected the peace plan.", "REJECT", None, "escalatory"),
        ("The rebels refused to attend the conference.", "REJECT", None, "escalatory"),
        ("Moscow vetoed the resolution.", "REJECT", None, "escalatory"),
        ("The president cancelled his meeting with the envoy.", "REJECT", "meet", "escalatory"),
        ("The company will not pay the fine, its lawyer said.", "REJECT", None, None),
        ("The commander ruled out any talks with the government.", "REJECT", None, "escalatory"),
        ("Tehran denied supplying the drones.", "REJECT", None, "ambiguous"),
        ("The leader threatened to close the strait.", "THREATEN", None, "escalatory"),
        ("He warned that any attack would be met with overwhelming force.", "THREATEN", None, "escalatory"),
        (
            "If the bridge is bombed, we will strike the capital, the general said.",
            "THREATEN",
            None,
            "escalatory",
        ),
        ("The junta vowed to retaliate for the air raid.", "THREATEN", None, "escalatory"),
        ("The president gave the militia 48 hours to leave or face attack.", "THREATEN", None, "escalatory"),
        (
            "The kingdom revised its nuclear doctrine to cover conventional attacks.",
            "THREATEN",
            None,
            "escalatory",
        ),
        (
            "The minister said the country reserved the right to respond in kind.",
            "THREATEN",
            None,
            "escalatory",
        ),
        (
            "Brussels threatened new sanctions unless the prisoners were freed.",
            "THREATEN",
            None,
            "escalatory",
        ),
        ("The court issued an arrest warrant for the fugitive general.", "THREATEN", None, "escalatory"),
        ("Thousands marched through the capital against the draft law.", "PROTEST", "demo", "escalatory"),
        ("Protesters clashed with police outside the parliament.", "PROTEST ASSAULT", None, "escalatory"),
        ("Dock workers went on strike over the arms shipment.", "PROTEST", "strike", "escalatory"),
        ("The jailed writer began a hunger strike.", "PROTEST", "hunger", "escalatory"),
        ("Opposition parties said they were boycotting the vote.", "PROTEST", "boycott", "escalatory"),
        ("Farmers blocked the border crossing with tractors.", "PROTEST COERCE", None, "escalatory"),
        ("A mob stormed the embassy and burned its flag.", "PROTEST", None, "escalatory"),
        ("The European Union imposed an oil embargo on the regime.", "SANCTION", "discontinue", "escalatory"),
        ("Karvelia expelled six Ostravan diplomats.", "SANCTION", "expel", "escalatory"),
        ("The kingdom broke off diplomatic relations with its neighbour.", "SANCTION", None, "escalatory"),
        ("The bloc suspended talks on the trade accord.", "SANCTION", None, "escalatory"),
        ("Washington froze the assets of three shipping companies.", "SANCTION", None, "escalatory"),
        ("Velnia withdrew from the missile treaty.", "SANCTION REJECT", None, "escalatory"),
        ("A court sentenced the spy to twelve years in prison.", "SANCTION", "convict", None),
        ("Ostrava cut off gas deliveries to its neighbour.", "SANCTION COERCE", None, "escalatory"),
        ("The army massed 40,000 soldiers along the frontier.", "MOBILIZE", "troops", "escalatory"),
        ("The carrier group sailed through the disputed strait.", "MOBILIZE", "weapons", "escalatory"),
        ("The regime test-fired a ballistic missile over the sea.", "MOBILIZE", "weapons", "escalatory"),
        ("The general staff put its nuclear forces on high alert.", "MOBILIZE", None, "escalatory"),
        ("Ostrava began large-scale naval drills off the coast.", "MOBILIZE", None, "escalatory"),
        ("The president ordered a partial mobilisation of reservists.", "MOBILIZE", None, "escalatory"),
        ("The ministry stationed Iskander missiles in the enclave.", "MOBILIZE", "weapons", "escalatory"),
        ("Fighter jets were scrambled to intercept two bombers.", "MOBILIZE", None, "escalatory"),
        ("Riot police were deployed around the stadium.", "MOBILIZE", "police", "escalatory"),
        ("The regime is enriching uranium to near weapons grade.", "MOBILIZE", "weapons", "escalatory"),
        ("Police arrested the opposition candidate at the airport.", "COERCE", "arrest", "escalatory"),
        ("Coast guards seized a tanker carrying fuel to the rebels.", "COERCE", "seize", "escalatory"),
        ("The authorities imposed a night curfew on the port city.", "COERCE", "curfew", "escalatory"),
        ("The junta declared a state of emergency.", "COERCE", "martial-law", "escalatory"),
        ("The navy blockaded the island's two harbours.", "COERCE ASSAULT", None, "escalatory"),
        (
            "Hackers linked to military intelligence launched a cyberattack on the power grid.",
            "COERCE",
            "cyber",
            "escalatory",
        ),
        ("The regulator blocked three news websites.", "COERCE", "censor", "escalatory"),
        ("The government deported 200 migrants.", "COERCE", "deport", "escalatory"),
        ("Ostrava closed its airspace to foreign airlines.", "COERCE", "restrict", "escalatory"),
        (
            "State television spread false reports about the epidemic.",
            "COERCE",
            "misinformation",
            "escalatory",
        ),
        ("Artillery shelled the outskirts of the city overnight.", "ASSAULT", "heavy-weapons", "escalatory"),
        ("Velnia fired six ballistic missiles at the airfield.", "ASSAULT", "heavy-weapons", "escalatory"),
        ("Warplanes bombed a depot near the capital.", "ASSAULT", "aerial", "escalatory"),
        ("A drone struck the refinery on Sunday night.", "ASSAULT", "drone", "escalatory"),
        ("Gunmen opened fire on a patrol, killing three soldiers.", "ASSAULT", "firearms", "escalatory"),
        ("A suicide bomber blew himself up at a checkpoint.", "ASSAULT", "suicide-attack", "escalatory"),
        ("A roadside bomb killed four policemen.", "ASSAULT", "explosives", "escalatory"),
        ("Militants kidnapped two engineers.", "ASSAULT", "abduct", "escalatory"),
        ("Soldiers captured nine fighters during the night raid.", "ASSAULT", "abduct", "escalatory"),
        ("The commander was assassinated outside his home.", "ASSAULT", "targeted", "escalatory"),
        (
            "Government forces used chlorine gas against the village.",
            "ASSAULT",
            "unconventional",
            "escalatory",
        ),
        ("Police fired tear gas and rubber bullets at the crowd.", "ASSAULT", "crowd-control", "escalatory"),
        ("Divers sabotaged an undersea cable.", "ASSAULT", "destroy", "escalatory"),
        ("Rebels captured the town of Nerin after a week of fighting.", "ASSAULT", None, "escalatory"),
        ("Troops invaded the northern province at dawn.", "ASSAULT", None, "escalatory"),
        ("Border guards exchanged gunfire across the river.", "ASSAULT", "firearms", "escalatory"),
        ("Prisoners were tortured in the cellar of the barracks.", "ASSAULT", "torture", "escalatory"),
        ("The army launched a ground offensive against the southern enclave.", "ASSAULT", None, "escalatory"),
        ("Air defences shot down a surveillance plane over the gulf.", "ASSAULT", None, "escalatory"),
        ("Anti-aircraft batteries downed eleven of the drones.", "ASSAULT", None, "escalatory"),
        ("Masked men beat a journalist outside the courthouse.", "ASSAULT", "beat", "escalatory"),
        ("The ship rammed a coast guard cutter near the shoal.", "ASSAULT", None, "escalatory"),
    ],
)
def test_a_plain_sentence_gets_its_type_mode_and_direction(
    sentence: str, types: str, mode: str | None, direction: str | None
) -> None:
    """Several types where PLOVER allows several; no mode or direction where the sentence leaves it open."""
    found = best(sentence)
    assert found.event_type in types.split()
    assert mode is None or found.mode == mode
    assert direction is None or found.direction == direction


@pytest.mark.parametrize(
    "sentence",
    [
        "The harvest was good this year and prices fell.",
        "The minister suffered a heart attack on Monday.",
        "She studied law in the capital and later taught there.",
        "The two teams drew 2-2 in the final.",
        "The plan strikes a balance between cost and speed.",
        "The spokesman declined to comment.",
    ],
)
def test_what_only_sounds_like_an_event_is_not_proposed(sentence: str) -> None:
    found = [p for p in propose(Article.from_text(sentence + REST)) if p.sentence == 1]
    assert not [p for p in found if p.score > 0.3]


@pytest.mark.parametrize(
    ("sentence", "event_type"),
    [
        ("The kingdom agreed to withdraw its garrison from the island.", "CONCEDE"),
        ("The kingdom refused to withdraw its garrison from the island.", "REJECT"),
        ("The council demanded that the kingdom withdraw its garrison.", "REQUEST"),
        ("The general threatened to bomb the dam.", "THREATEN"),
        ("The envoy called for sanctions on the shipping lines.", "REQUEST"),
        ("The envoy was accused of bombing the dam.", "ACCUSE"),
    ],
)
def test_what_governs_decides_the_type_of_what_it_governs(sentence: str, event_type: str) -> None:
    """Agreed to withdraw is one concession, not an agreement and a retreat."""
    assert best(sentence).event_type == event_type


def test_condemning_an_attack_leaves_the_attack_an_event_of_its_own() -> None:
    found = propose(Article.from_text("The bloc condemned the missile attack on the ferry terminal." + REST))
    assert {p.event_type for p in found} >= {"ACCUSE", "ASSAULT"}


def test_a_meeting_to_come_is_an_agreement_and_one_that_was_is_not() -> None:
    assert best("The two ministers held talks in Oslo.").event_type == "CONSULT"
    assert best("The two ministers will hold talks in Oslo next week.").event_type == "AGREE"


def test_force_on_a_condition_is_a_threat() -> None:
    found = best("The army will attack the port if the tanker is not returned.")
    assert (found.event_type, found.modality) == ("THREATEN", "threatened")


def test_one_country_exercises_alone_and_two_together_cooperate() -> None:
    assert best("The navy began a live-fire exercise near the cape.").event_type == "MOBILIZE"
    assert best("The navy began a joint exercise with its ally near the cape.").event_type == "COOPERATE"


def test_arms_are_aid_that_escalates_and_bread_is_aid_that_does_not() -> None:
    assert best("Meridia sent rocket launchers to the rebels.").direction == "escalatory"
    assert (
        best("Meridia sent flour and blankets to the refugees as humanitarian aid.").direction
        == "de_escalatory"
    )


def test_a_denial_points_away_from_escalation() -> None:
    found = propose(Article.from_text("The army said it did not shell the monastery." + REST))
    assert [(p.event_type, p.modality, p.direction) for p in found] == [
        ("ASSAULT", "denied", "de_escalatory")
    ]


def test_other_types_found_in_the_sentence_are_alternatives() -> None:
    found = best("The general threatened to bomb the dam.")
    assert "ASSAULT" in found.alternatives
    assert found.event_type not in found.alternatives


def test_history_and_captions_count_less_than_news() -> None:
    news = best("Rebels shelled the harbour on Monday.")
    history = best("Rebels shelled the harbour twenty years ago.")
    caption = best("FILE - Rebels are seen after they shelled the harbour on Monday.")
    assert history.score < 0.7 * news.score
    assert caption.score < 0.5 * news.score


def test_what_the_headline_says_counts_more() -> None:
    text = "The envoy left at noon for the capital. Rebels shelled the harbour at dawn on Monday."
    plain = Article.from_text(text)
    titled = Article.from_text(text, title="Rebels shell harbour at dawn")
    assert max(p.score for p in propose(titled)) > max(p.score for p in propose(plain))


def test_headline_and_detail_of_one_event_become_one_proposal() -> None:
    text = (
        "Artillery shelled the harbour of Nerin overnight, officials said.\n"
        "The mayor asked for doctors.\n"
        "The shelling of the harbour began at two and lasted an hour.\n"
    )
    shelling = [p for p in propose(Article.from_text(text)) if p.event_type == "ASSAULT"]
    assert [(p.sentence, p.also) for p in shelling] in ([(1, (3,))], [(3, (1,))])


def test_events_of_different_types_are_never_grouped() -> None:
    text = "Velnia shelled the harbour of Nerin on Monday. Ostrava and Meridia praised the harbour of Nerin on Tuesday."
    assert [p.also for p in propose(Article.from_text(text))] == [(), ()]


def test_an_article_without_events_gets_no_proposals() -> None:
    assert (
        propose(Article.from_text("The lake is calm in the morning and the hills are green all year.")) == []
    )


def test_the_seed_yields_the_signals_an_analyst_sees() -> None:
    """Call, missile launch, looser limits on missiles, mines, the claimed right to strike, and new missiles."""
    article = Article.from_text(SEED.read_text(encoding="utf-8"), published="2024-12-05")
    found: dict[tuple[str, str], set[int]] = {}
    for p in propose(article):
        found.setdefault((p.event_type, p.direction), set()).update((p.sentence, *p.also))
    assert found["CONSULT", "de_escalatory"] >= {1, 2}
    assert found["ASSAULT", "escalatory"] & {2, 3, 4, 5}
    assert found["CONCEDE", "escalatory"] & {12, 13}
    assert found["AID", "escalatory"] & {14}
    assert found["THREATEN", "escalatory"] & {9}
    assert found["MOBILIZE", "escalatory"] & {11, 14}


@given(st.text(max_size=400))
def test_any_text_is_read_and_every_trigger_is_verbatim(text: str) -> None:
    article = Article.from_text(text + " and now eight more words that say nothing much.")
    for proposal in propose(article):
        span = proposal.trigger
        assert article.text[span.start : span.end] == span.quote
        assert (
            article.sentence(span.sentence).start
            <= span.start
            < span.end
            <= article.sentence(span.sentence).end
        )
        assert 0 <= proposal.score <= 1


@given(
    st.lists(
        st.sampled_from(
            [
                "troops attacked",
                "agreed to",
                "talks",
                "refused to",
                "withdraw,",
                "if",
                "the",
                "Nerin.",
                "\n",
                "“",
            ]
        )
    )
)
def test_words_of_the_lexicon_in_any_order_give_at_most_two_proposals_a_sentence(words: list[str]) -> None:
    article = Article.from_text(" ".join([*words, "and then it was quiet in the town again."]))
    found = propose(article)
    assert len({(p.sentence, p.trigger.start) for p in found}) == len(found)
    for number in {p.sentence for p in found}:
        assert sum(p.sentence == number for p in found) <= 2


def test_every_type_has_phrases_and_every_mode_is_in_the_codebook() -> None:
    book = tomllib.loads((folder("schemas") / "codebook.toml").read_text(encoding="utf-8"))["event_types"]
    entries = lexicon().file.event
    assert {e.type for e in entries} == set(get_args(EventType))
    wrong = {(e.type, e.mode) for e in entries if e.mode and e.mode not in book[e.type].get("modes", {})}
    assert not wrong


def test_what_a_governing_phrase_makes_has_a_mode_of_its_type() -> None:
    book = tomllib.loads((folder("schemas") / "codebook.toml").read_text(encoding="utf-8"))["event_types"]
    for entry in lexicon().file.event:
        rule = lexicon().governing[entry.governs] if entry.governs else None
        for content, mode in rule.modes.items() if rule else ():
            made = rule.makes.get(content, entry.type) if rule else entry.type
            assert mode in book[made].get("modes", {}), (entry.governs, content, made)


@pytest.mark.thorough
def test_every_phrase_of_the_lexicon_is_well_formed() -> None:
    for entry in lexicon().file.event:
        for source in (*entry.match, *entry.unless):
            assert lexicon().vocabulary.phrase(source).pattern


def test_an_unknown_class_or_table_names_itself(tmp_path: Path) -> None:
    text = (folder("schemas") / "lexicon.toml").read_text(encoding="utf-8")
    broken = tmp_path / "lexicon.toml"
    broken.write_text(text.replace('governs = "threat"', 'governs = "omen"', 1), encoding="utf-8")
    with pytest.raises(ValueError, match="omen"):
        read_lexicon(broken)
    broken.write_text(
        text + '[[event]]\ntype = "AID"\nsure = 0.5\nmatch = ["@nowhere aid"]\n', encoding="utf-8"
    )
    with pytest.raises(ValueError, match="nowhere"):
        propose(Article.from_text("Eight words that make up one short article."), words=read_lexicon(broken))
