"""`report-assistant evaluate-retrieval`: retrieval alone, on a library of its own made from a file of passages.

The passages are ranked by the same code that answers questions. Nothing of the user's library is read or written.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.errors import EvaluationFileError
from assistant.index.build import Embeddings, Index, Place
from assistant.index.texts import unit_texts
from assistant.language.script import script_of, to_simplified
from assistant.language.sentences import split_sentences
from assistant.models import OffsetMap, Original, Passage, Period, Profile, RepairedText, Report, Sentence, Span
from assistant.retrieval.ranking import RankedPassage, RankedSentence, Ranker
from assistant.settings import Settings

SIDES = ("words", "model", "hybrid")
_SCORE = {"words": "words", "model": "meaning", "hybrid": "score"}  # field of what is ranked
_FORM = (
    'PASSAGES: {"text": …} a line; QUESTIONS: {"question": …, "gold": line number or list, "answer": …} a line, '
    "lines counted from 0 (blank ones too), answer may be missing."
)
_BATCH = 2048  # texts embedded at a time
_TOLD = 100  # questions from one word about progress to the next


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the numbers of the passages that answer it, and the answer's wording where it is given."""

    text: str
    gold: frozenset[int]
    answer: str | None


def evaluate_retrieval(
    passages: Path, questions: Path, settings: Settings, tell: Callable[[str], None] = lambda text: None
) -> dict[str, dict[str, float | None]]:
    """recall@1, recall@5, mrr@10 and answer_sentence@1 of words, model and hybrid; None where nothing was asked.

    `tell` is given how far it is, since many passages take minutes. Raises EvaluationFileError for a file that cannot be read as passages or questions.
    """
    from embeddings.load import describe, load_model

    read = _read_passages(passages)
    asked = _read_questions(questions, read)
    texts = [text or "" for text in read]
    embeddings = load_model(settings.embedding_model)
    tallies = {side: _Tally() for side in SIDES}
    with (
        tempfile.TemporaryDirectory() as folder,
        Index(Path(folder), embeddings, model=describe(embeddings)) as index,
    ):
        report = _report(texts)
        _fill(index, embeddings, report)
        tell(f"{len(texts)} passages indexed")
        with index.library.at_hand():
            _ask_all(asked, Ranker(index), tallies, report, tell)
    return {side: tally.measures() for side, tally in tallies.items()}


def _ask_all(
    asked: Sequence[Asked], ranker: Ranker, tallies: Mapping[str, _Tally], report: Report, tell: Callable[[str], None]
) -> None:
    for done, one in enumerate(asked, start=1):
        query = ranker.query(one.text, script_of(one.text))
        ranked = ranker.passages(query)
        golden = [passage for passage in ranked if passage.place.passage in one.gold]
        sentences = ranker.sentences(query, golden) if one.answer else []
        for side, tally in tallies.items():
            tally.count(one, *_seen_by(side, ranked, sentences, one.gold), report)
        if done % _TOLD == 0 or done == len(asked):
            tell(f"{done} / {len(asked)}")


def _seen_by(
    side: str, passages: Sequence[RankedPassage], sentences: Sequence[RankedSentence], gold: frozenset[int]
) -> tuple[int | None, Place | None]:
    """The rank that one side gives to the best gold passage, and the sentence in it that it finds best."""
    score = attrgetter(_SCORE[side])
    found = [one for one in passages if side != "words" or one.words > 0]
    found.sort(key=lambda one: (-score(one), one.place))
    for rank, one in enumerate(found, start=1):
        if one.place.passage in gold:
            own = [sentence for sentence in sentences if sentence.place.passage == one.place.passage]
            best = min(own, key=lambda sentence: (-score(sentence), sentence.place), default=None)
            return rank, best.place if best is not None else None
    return None, None


class _Tally:
    """Adds up how well one side ranks."""

    def __init__(self) -> None:
        self._ranks: list[int | None] = []
        self._held: list[bool] = []

    def count(self, asked: Asked, rank: int | None, sentence: Place | None, report: Report) -> None:
        """Counts one question: the rank of its gold passage and the best sentence of that passage."""
        self._ranks.append(rank)
        if asked.answer:
            held = sentence is not None and asked.answer in _sentence_text(report, sentence)
            self._held.append(held)

    def measures(self) -> dict[str, float | None]:
        """The measures of all that was counted."""
        ranks = [rank for rank in self._ranks if rank is not None]
        count = len(self._ranks)
        return {
            "recall@1": _share(sum(rank == 1 for rank in ranks), count),
            "recall@5": _share(sum(rank <= 5 for rank in ranks), count),
            "mrr@10": _share(sum(1 / rank for rank in ranks if rank <= 10), count),
            "answer_sentence@1": _share(sum(self._held), len(self._held)),
        }


def _share(part: float, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _sentence_text(report: Report, place: Place) -> str:
    return report.passages[place.passage].sentences[place.sentence].span.of(report.repaired.text)


# --- the library of passages ------------------------------------------------------------------


def _report(texts: Sequence[str]) -> Report:
    """One report that holds each text as a passage, in their order."""
    whole = "\n".join(texts)
    passages, start = [], 0
    for text in texts:
        sentences = tuple(Sentence(span, "unknown") for span in split_sentences(text, start))
        passages.append(Passage(Span(start, start + len(text)), (), sentences))
        start += len(text) + 1
    sha256 = hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()
    period = Period("", "unknown")
    return Report(
        id=sha256[:16],
        original=Original("passages.txt", sha256, "", "txt", "utf-8"),
        repaired=RepairedText(whole, OffsetMap(())),
        profile=Profile("passages", None, None, None, None, None, "unknown", period),
        passages=tuple(passages),
        figures=(),
        added="",
    )


def _fill(index: Index, embeddings: Embeddings, report: Report) -> None:
    # Straight into the library: `Index.add` would build Chroma, which a library that lives for one run does not need.
    index.library.add(
        report,
        report.repaired.text.encode("utf-8", "surrogatepass"),
        sentence_vectors=_vectors(embeddings, [text for _, _, text in unit_texts(report, "sentence")]),
        passage_vectors=_vectors(embeddings, [text for _, _, text in unit_texts(report, "passage")]),
        model=index.model,
    )


def _vectors(embeddings: Embeddings, texts: Sequence[str]) -> NDArray[np.float16]:
    """Unit vectors of the texts; in batches, since the lists that LangChain asks for take much memory."""
    batches = []
    for start in range(0, len(texts), _BATCH):
        rows = np.asarray(embeddings.embed_documents(list(texts[start : start + _BATCH])), np.float32)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        batches.append((rows / np.where(lengths > 0, lengths, 1)).astype(np.float16))
    return np.concatenate(batches) if batches else np.zeros((0, 0), np.float16)


# --- the files --------------------------------------------------------------------------------


def _read_passages(path: Path) -> list[str | None]:
    """The passages in Simplified characters, as reports are kept; None for a blank line, which is counted all the same."""
    return [to_simplified(str(item["text"])) if item else None for item in _lines(path, "text")]


def _read_questions(path: Path, passages: Sequence[str | None]) -> list[Asked]:
    asked = []
    there = {number for number, text in enumerate(passages) if text is not None}
    for number, item in enumerate(_lines(path, "question", "gold"), start=1):
        if not item:
            continue
        gold = item["gold"] if isinstance(item["gold"], list) else [item["gold"]]
        if not gold or not all(isinstance(one, int) and one in there for one in gold):
            raise _unusable(path, f"line {number}: gold {item['gold']!r} names none of the {len(there)} passages")
        answer = to_simplified(str(item["answer"])).strip() if item.get("answer") else None
        asked.append(Asked(str(item["question"]), frozenset(gold), answer))
    return asked


def _lines(path: Path, *fields: str) -> list[dict[str, Any]]:
    """The object of each line, an empty one for a blank line before the last that is not."""
    try:
        # Not splitlines: other line ends may stand inside a string.
        text = path.read_text(encoding="utf-8-sig").rstrip()
        lines = text.split("\n") if text else []
        items = [json.loads(line) if line.strip() else {} for line in lines]
    except (OSError, ValueError) as error:
        raise _unusable(path, str(error)) from error
    for number, (line, item) in enumerate(zip(lines, items, strict=True), start=1):
        missing = [field for field in fields if not isinstance(item, dict) or field not in item]
        if missing and line.strip():
            raise _unusable(path, f"line {number} has no {missing[0]!r}")
    return items


def _unusable(path: Path, reason: str) -> EvaluationFileError:
    return EvaluationFileError(
        en=f"{path} cannot be used: {reason}. {_FORM}",
        zh=f"无法使用 {path}：{reason}。每行应为一个 JSON 对象：{_FORM}",
    )
