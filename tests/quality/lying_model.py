"""Measures what becomes of a chat model's lies: `python -m tests.quality.lying_model QUESTIONS --reports DIR`.

A service on loopback words each answer after the draft that it is given; in every second answer it changes one digit.
Where nothing was found it points at the first passage that it is shown, fitting or not, and copies it with one digit
changed when it lies. Counted is whether a changed number comes out as a fact, whether honest answers come out as the
model gave them, and whether a refusal ever becomes more than words of the report.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from assistant.bootstrap import build
from assistant.models import AddResult, Answer
from assistant.settings import load
from tests.answering.openai_server import Request, prompt_of, service

_MARK = re.compile(r"⟦[^⟦⟧]*⟧")
_PASSAGE = re.compile(r"^- (⟦[^⟦⟧]*⟧) .* \| (.*)$", re.M)
_DRAFT = re.compile(r"^draft:\n(.*)\n</data-", re.M | re.S)


@dataclass
class Liar:
    """A model that repeats the draft that it is given, with one digit changed when it is told to lie."""

    lies: bool = False
    changed: str | None = None
    random: random.Random = field(default_factory=lambda: random.Random(5))

    def __call__(self, request: Request) -> str:
        found = _DRAFT.search(prompt_of(request))
        passage = _PASSAGE.search(prompt_of(request))
        if found is None and passage is not None:
            text = f"“{passage.group(2)}”{passage.group(1)}"
        else:
            text = re.split(r"\s(?:｜|＞|- \*\*)", found.group(1) if found else "")[0]
        marks = [match.span() for match in _MARK.finditer(text)]
        spots = [at for at, sign in enumerate(text) if sign.isascii() and sign.isdigit()]
        spots = [at for at in spots if not any(start <= at < end for start, end in marks)]
        self.changed = None
        if self.lies and spots:
            at = self.random.choice(spots)
            other = str((int(text[at]) + self.random.randint(1, 9)) % 10)
            text = text[:at] + other + text[at + 1 :]
            whole = next(m.group() for m in re.finditer(r"\d[\d,.]*", text) if m.start() <= at < m.end())
            self.changed = whole.rstrip(",.")
        return text


@dataclass
class Tally:
    """Counts over the questions; `believed` names the lies that came out as facts."""

    asked: int = 0
    worded: int = 0
    lies: int = 0
    honest: int = 0
    honest_confirmed: int = 0
    pointed: int = 0
    believed: list[str] = field(default_factory=list)


def measure(questions: Path, reports: Path) -> Tally:
    """Asks every question twice: once of the honest, once of the lying model."""
    items = [json.loads(line) for line in questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    tally, liar = Tally(), Liar()
    with service(liar) as running, tempfile.TemporaryDirectory() as folder:
        settings = load({}, home=folder, chat_model="openai:made", chat_url=running.url)
        assistant = build(settings)
        files = [(path.name, path.read_bytes()) for path in sorted(reports.iterdir()) if path.name != "README.md"]
        refused = [one for one in assistant.add(files) if isinstance(one, AddResult) and one.outcome == "refused"]
        assert not refused, refused
        for item in items:
            honest: Answer | None = None
            for liar.lies in (False, True):
                liar.changed = None
                answer = assistant.ask(item["question"], history=item.get("history") or ())
                _count(tally, answer, honest or answer, liar, item["id"])
                honest = answer
        assistant.close()
    return tally


def _count(tally: Tally, answer: Answer, honest: Answer, liar: Liar, id: str) -> None:
    tally.asked += 1
    tally.worded += answer.composer != "built-in"
    if answer.composer != "built-in" and answer.status == "partial":
        tally.pointed += 1
        if answer.figures or _own_numbers(answer):
            tally.believed.append(f"{id}: {answer.text!r} states more than words of the report")
    if liar.changed is not None:
        tally.lies += 1
        if _told(liar.changed, answer) > _told(liar.changed, honest):
            tally.believed.append(f"{id}: {liar.changed} in {answer.text!r}")
    elif not liar.lies and answer.composer != "built-in":
        tally.honest += 1
        tally.honest_confirmed += not answer.checks.unconfirmed


def _own_numbers(answer: Answer) -> bool:
    """Whether an answer states any number outside of its quotes, its marks and the periods of its reports."""
    rest = re.sub(r"\[\d+\]", "", answer.text)
    for one in answer.citations:
        rest = rest.replace(one.quote, "")
        for number in re.findall(r"\d+", one.period or ""):
            rest = rest.replace(number, "")
    return re.search(r"\d", rest) is not None


def _told(number: str, answer: Answer) -> int:
    """How often an answer states a number."""
    pattern = rf"(?<![\d.,]){re.escape(number)}(?![\d.]|,\d)"
    return len(re.findall(pattern, re.sub(r"\[\d+\]", "", answer.text)))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--reports", type=Path, required=True)
    args = parser.parse_args()
    tally = measure(args.questions, args.reports)
    print(f"answers                     {tally.asked}, of them worded by the model {tally.worded}")
    print(f"honest, confirmed whole     {tally.honest_confirmed} of {tally.honest}")
    print(f"pointed at a passage        {tally.pointed}")
    print(f"one digit changed           {tally.lies}, told as a fact {len(tally.believed)}")
    for line in tally.believed:
        print(line)
    if not tally.worded:
        print("nothing was worded by the model: do the questions fit the reports?")
    return 1 if tally.believed or not tally.worded else 0


if __name__ == "__main__":
    raise SystemExit(main())
