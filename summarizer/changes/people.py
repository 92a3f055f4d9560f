"""Whether an actor of the older side is one of the newer: by a shared name, and no other country."""

from summarizer.changes.pairing import Pairing, pair
from summarizer.changes.sides import Side
from summarizer.grounding.actors.entities import form_key
from summarizer.grounding.actors.person_names import name_words, similar
from summarizer.types.changes import ActorChange, ActorChanges, ActorSeen, Changed

__all__ = ["actor_changes", "actor_keys", "pair_actors"]

_SAME_NAME, _SHARED_FORM, _SAME_PERSON = 3.0, 2.0, 1.0


def pair_actors(old: Side, new: Side) -> Pairing[ActorSeen]:
    """The actors of both sides."""
    return pair(old.actors, new.actors, _likeness)


def actor_changes(pairing: Pairing[ActorSeen]) -> ActorChanges:
    """What became of the actors; a change of kind, country or office is told, one of aliases is not."""
    compared = [
        ActorChange(old=a, new=b, changed=changed) for a, b in pairing.both if (changed := _changed(a, b))
    ]
    return ActorChanges(
        new=list(pairing.new),
        gone=list(pairing.gone),
        changed=compared,
        unchanged=len(pairing.both) - len(compared),
    )


def actor_keys(side: Side, pairing: Pairing[ActorSeen], *, older: bool) -> dict[str, str]:
    """For each name of a side's actors a key that both sides share where the actor is on both."""
    names = {actor.name: f"{'old' if older else 'new'} {actor.id}" for actor in side.actors}
    return names | {(a if older else b).name: f"both {a.id}" for a, b in pairing.both}


def _likeness(old: ActorSeen, new: ActorSeen) -> float:
    if old.country and new.country and old.country != new.country:
        return 0
    bonus = 0.1 * (old.kind == new.kind) + 0.1 * (old.country == new.country)
    if form_key(old.name) == form_key(new.name):
        return _SAME_NAME + bonus
    if _forms(old) & _forms(new):
        return _SHARED_FORM + bonus
    return _SAME_PERSON + bonus if _is_same_person(old, new) else 0


def _forms(actor: ActorSeen) -> set[str]:
    return {form_key(name) for name in (actor.name, *actor.aliases)}


def _is_same_person(old: ActorSeen, new: ActorSeen) -> bool:
    """`Tarn` and `Ivo Tarn`, `Mohammed Sabir` and `Muhammad Sabir`."""
    if old.kind != "person" or new.kind != "person":
        return False
    one, other = name_words(old.name), name_words(new.name)
    if not one or not other or not similar(one[-1], other[-1]):
        return False
    return len(one) == 1 or len(other) == 1 or similar(one[0], other[0])


def _changed(old: ActorSeen, new: ActorSeen) -> list[Changed]:
    found = [
        Changed(what="kind", old=old.kind, new=new.kind) if old.kind != new.kind else None,
        Changed(what="country", old=old.country, new=new.country) if old.country != new.country else None,
        Changed(what="role", old=old.role, new=new.role) if _differs(old.role, new.role) else None,
    ]
    return [change for change in found if change]


def _differs(old: str | None, new: str | None) -> bool:
    return (old or "").casefold().split() != (new or "").casefold().split()
