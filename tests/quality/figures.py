"""Measures figure extraction on paragraphs labelled by hand: `python -m tests.quality.figures [--wrong]`.

Right is a figure whose value, unit and qualifier are all as labelled. A label is right when it holds
a labelled head noun, a scope when its words are all in the figure's scope or label.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.figures.extract import extract
from assistant.language.sentences import split_sentences
from assistant.models import Figure, OffsetMap, Passage, Period, Profile, RepairedText, Sentence, Span

LABELLED = Path(__file__).parents[1] / "data" / "figures_labelled.jsonl"


@dataclass
class Score:
    """Counts over paragraphs; `wrong` holds a line for each miss."""

    gold: int = 0
    found: int = 0
    right: int = 0
    labels: int = 0
    scoped: int = 0
    scopes: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.gold)

    @property
    def label(self) -> float:
        return self.labels / max(1, self.right)

    @property
    def scope(self) -> float:
        return self.scopes / max(1, self.scoped)


def figures_of(text: str) -> tuple[Figure, ...]:
    """The figures of a bare paragraph, told as results of an unknown year."""
    sentences = tuple(Sentence(span, "achieved") for span in split_sentences(text))
    profile = Profile("", None, None, None, "prefecture", None, "work report", Period("", "unknown"))
    whole = Span(0, len(text))
    return extract(RepairedText(text, OffsetMap(())), [Passage(whole, (), sentences)], profile)


def paragraphs(part: str | None = None) -> Iterator[dict[str, Any]]:
    """The labelled paragraphs, all or those of one part (`first`, `second`, `third`)."""
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        paragraph = json.loads(line)
        if part in (None, paragraph["set"]):
            yield paragraph


def measure(part: str | None = None) -> Score:
    """The score over all labelled paragraphs, or over one part of them."""
    score = Score()
    for paragraph in paragraphs(part):
        _add(score, paragraph)
    return score


def _add(score: Score, paragraph: dict[str, Any]) -> None:
    left = list(figures_of(paragraph["text"]))
    where = f"{paragraph['id']} {paragraph['report']}"
    for gold in paragraph["figures"]:
        score.gold += 1
        span = Span(gold["start"], gold["start"] + len(gold["text"]))
        figure = next((figure for figure in left if figure.span.overlaps(span)), None)
        if figure is None:
            score.wrong.append(f"{where}: missed {gold['text']} of {gold['label']}")
            continue
        left.remove(figure)
        score.found += 1
        if (figure.value, figure.unit, figure.qualifier) != (gold["value"], gold["unit"], gold["qualifier"]):
            got = f"{figure.value} {figure.unit} {figure.qualifier}"
            score.wrong.append(f"{where}: read {figure.text} as {got}, not {gold['text']}")
            continue
        score.right += 1
        _judge_binding(score, where, figure, gold)
    for figure in left:
        if figure.text not in paragraph["optional"]:
            score.found += 1
            score.wrong.append(f"{where}: {figure.text} counts nothing (label {figure.label})")


def _judge_binding(score: Score, where: str, figure: Figure, gold: dict[str, Any]) -> None:
    if any(noun in figure.label for noun in gold["label"]):
        score.labels += 1
    else:
        score.wrong.append(f"{where}: label of {figure.text} is {figure.label} < {figure.head}, not {gold['label']}")
    if gold["scope"]:
        score.scoped += 1
        missing = [word for word in gold["scope"] if word not in figure.scope and word not in figure.label]
        score.scopes += not missing
        if missing:
            score.wrong.append(f"{where}: scope of {figure.text} {figure.label} is {figure.scope}, lacks {missing}")


def main() -> int:
    """Prints the measures; returns 1 where one is below its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=("first", "second", "third"))
    parser.add_argument("--wrong", action="store_true", help="also print every miss")
    options = parser.parse_args()
    score = measure(options.part)
    lines = [*score.wrong] if options.wrong else []
    lines += [
        f"figures labelled {score.gold}, found {score.found}, right {score.right}",
        f"precision {score.precision:.2%}  recall {score.recall:.2%}  (value, unit and qualifier)",
        f"label {score.label:.2%} of {score.right}  scope {score.scope:.2%} of {score.scoped}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    goals = score.precision >= 0.98 and score.recall >= 0.95 and score.label >= 0.9 and score.scope >= 0.9
    return 0 if goals else 1


if __name__ == "__main__":
    raise SystemExit(main())
