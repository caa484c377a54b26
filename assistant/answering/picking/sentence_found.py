"""Decides whether a picked sentence speaks of what was asked, for a fact, for a line about a city, for naming a city."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.picking.decide import KEY_TERM, NAMED, key_of
from assistant.answering.picking.pick import Pick
from assistant.models import Term
from assistant.question.word_kinds import stopwords

FACT_NOUNS = 0.55
TOLD_NOUNS = 0.6  # for a line about each of several cities, where the wrong line is worse than none
LISTED_NOUNS = 0.7  # for "which cities": a city is named only when its report clearly says it
SOME_NOUNS = 0.3  # share that will do where nearly all of so many doings are met
DOINGS = 4
DOING = 0.4  # weight of the words that say what is done with a thing


def fact_found(terms: Sequence[Term], pick: Pick) -> bool:
    """Whether the picked sentence speaks of what was asked: by the things it names, or by all that is told of one."""
    return (pick.nouns >= FACT_NOUNS or _told_in_full(terms, pick)) and key_of(terms, pick) >= KEY_TERM


def _told_in_full(terms: Sequence[Term], pick: Pick) -> bool:
    """Whether a sentence has nearly all of the several doings asked about (整村|迁出|安置), and a part of the names."""
    doings = {term.text: term.weight for term in terms if not term.noun and _is_a_doing(term.text)}
    doings = {text: weight for text, weight in doings.items() if text not in stopwords("verb")}
    got = sum(weight * pick.each.get(text, 0.0) for text, weight in doings.items())
    return len(doings) >= DOINGS and got >= NAMED * sum(doings.values()) and pick.nouns >= SOME_NOUNS


def told_of(terms: Sequence[Term], pick: Pick) -> bool:
    """Whether the picked sentence is reason enough for a line about what its city does; it is asked of every city."""
    return pick.nouns >= TOLD_NOUNS and key_of(terms, pick) >= KEY_TERM


def _is_a_doing(word: str) -> bool:
    """Whether a Chinese word that names no thing tells what is done (拖欠), not who it concerns (职工) or how (给)."""
    return len(word) > 1 and not word.isascii() and word not in stopwords("generic")


def listed(terms: Sequence[Term], pick: Pick) -> bool:
    """Whether the picked sentence is reason enough to name its city."""
    things = [term.text for term in terms if term.noun]
    doings = [term for term in terms if not term.noun and term.weight >= DOING and _is_a_doing(term.text)]
    doings = [term for term in doings if not any(thing in term.text for thing in things)]
    if len(doings) > 1 and all(pick.each.get(term.text, 0.0) < KEY_TERM for term in doings):
        return False  # 农民工 alone does not tell of 拖欠农民工工资
    return pick.nouns >= LISTED_NOUNS and key_of(terms, pick) >= 0.6
