"""Cuts the sets that retrieval is measured with out of the folder of training files, from what is held out of training.

    python -m tests.quality.retrieval_sets --data DIR --out FOLDER
    report-assistant evaluate-retrieval FOLDER/cmrc.passages.jsonl FOLDER/cmrc.questions.jsonl

Printed for each set is what plain BM25 (words and character pairs, k1 1.2, b 0.75; no names, synonyms, sentences or vectors)
finds in it: how hard the set is. English questions about paragraphs of an encyclopaedia were written for this project
(`english_encyclopedia.jsonl`; `paragraph` counts the paragraphs of DRCD, of which these are held out).
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.language.script import to_simplified, to_traditional
from assistant.language.sentences import split_sentences
from assistant.language.words import words
from embeddings.corpus import (
    PROJECT_PAIRS,
    DomainRow,
    Pair,
    is_held_out,
    read_domain_rows,
    read_pairs,
    read_texts,
    training_part,
)

ENGLISH = Path(__file__).with_name("english_encyclopedia.jsonl")
FEW_PARAGRAPHS = 240
LAW = "text_law_articles.jsonl.gz"
SENTENCES = 800
ARTICLES = (5_000, 30_000, 1_000_000)  # of law, beside those asked about
_SHARED = 24  # characters that two windows of one paragraph have in common at the least
_K1, _B = 1.2, 0.75


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the numbers of the passages that answer it, and the sentence that does where it is known."""

    text: str
    gold: tuple[int, ...]
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """Passages and the questions asked about them."""

    name: str
    passages: list[str] = field(repr=False)
    asked: list[Asked] = field(repr=False)


def sets_of(data: Path) -> Iterator[Measured]:
    """All sets, the largest last."""
    pairs = read_pairs(data)
    yield from _encyclopedia(pairs)
    pool = list(dict.fromkeys(pair.passage for pair in pairs["pairs_ntrex"][-(len(pairs["pairs_ntrex"]) // 10) :]))
    held = [pair for pair in pairs["pairs_ntrex"] if pair.passage in set(pool)]
    yield Measured("news-en", pool, _whole([(pair.query, pair.passage) for pair in held], pool))
    first, own = read_domain_rows(data), read_domain_rows(PROJECT_PAIRS)
    latest = {row.sentence for row in _rows_of("pairs_wider.jsonl")}
    yield from _sentences("first", first, own)
    yield from _sentences("wider", [row for row in own if row.sentence not in latest], first)
    yield from _sentences("latest", [row for row in own if row.sentence in latest], own)
    yield from _law(data, pairs["pairs_stard"])


def paragraphs_of(windows: Sequence[str]) -> list[str]:
    """The paragraphs that overlapping windows were cut from, put together again as far as windows reach."""
    found: list[str] = []
    places: dict[str, int] = {}
    for window in windows:
        parts = [window[at : at + _SHARED] for at in range(max(1, len(window) - _SHARED + 1))]
        number = next((places[part] for part in parts if part in places), None)
        joined = None if number is None else _joined(found[number], window)
        if number is None or joined is None:
            number, joined = len(found), window
            found.append(window)
        if joined != found[number] or joined is window:
            found[number] = joined
            places |= {joined[at : at + _SHARED]: number for at in range(max(1, len(joined) - _SHARED + 1))}
    return found


def _joined(text: str, window: str) -> str | None:
    """Both as one text where one runs on into the other; None where they only share a phrase."""
    if window in text:
        return text
    if text in window:
        return window
    for size in range(min(len(text), len(window)), _SHARED - 1, -1):
        if text.endswith(window[:size]):
            return text + window[size:]
        if window.endswith(text[:size]):
            return window + text[size:]
    return None


def _encyclopedia(pairs: dict[str, list[Pair]]) -> Iterator[Measured]:
    trial, drcd = pairs["pairs_cmrc_trial"], pairs["pairs_drcd_dev"]
    own = paragraphs_of([pair.passage for pair in drcd if pair.kind == "qa"])
    pool = list(dict.fromkeys([*paragraphs_of([pair.passage for pair in trial if pair.kind == "qa"]), *own]))
    yield Measured("cmrc", pool, _about(trial, pool))
    held = _about(drcd[len(training_part("pairs_drcd_dev", drcd)) :], pool)
    yield Measured("drcd", pool, held)
    traditional = [Asked(to_traditional(one.text), one.gold, to_traditional(one.answer)) for one in held]
    yield Measured("drcd-traditional", [to_traditional(text) for text in pool], traditional)
    if ENGLISH.is_file():
        rows = [json.loads(line) for line in ENGLISH.read_text("utf-8").splitlines()]
        asked = [(row["question"], own[row["paragraph"]]) for row in rows]
        few = list(dict.fromkeys(text for _, text in asked))
        rest, wanted = [text for text in own if text not in set(few)], FEW_PARAGRAPHS - len(few)
        few += rest[:: len(rest) // wanted][:wanted]
        yield Measured("encyclopedia-en", few, _whole(asked, few))
        yield Measured("encyclopedia-en-all", pool, _whole(asked, pool))


def _about(pairs: Sequence[Pair], pool: Sequence[str]) -> list[Asked]:
    """The questions about paragraphs: gold is every paragraph with the window cut around the answer."""
    told = {pair.query: pair.passage for pair in pairs if pair.kind == "qs"}
    asked = []
    for pair in pairs:
        if pair.kind == "qa":
            gold = [number for number, text in enumerate(pool) if pair.passage in text]
            sentence = told.get(pair.query, "").strip("。!?;！？； ")
            whole = bool(sentence) and all(_has_sentence(pool[number], sentence) for number in gold)
            asked.append(Asked(pair.query, tuple(gold), sentence if whole else ""))
    return asked


def _has_sentence(text: str, part: str) -> bool:
    return any(part in span.of(text) for span in split_sentences(text))


def _whole(asked: Sequence[tuple[str, str]], pool: Sequence[str]) -> list[Asked]:
    """Questions with the passage that answers each; of one asked twice, both passages are gold."""
    numbers = {text: number for number, text in enumerate(pool)}
    golds: dict[str, list[int]] = {}
    for question, passage in asked:
        golds.setdefault(question, []).append(numbers[passage])
    return [Asked(question, tuple(dict.fromkeys(gold))) for question, gold in golds.items()]


def _rows_of(name: str) -> list[DomainRow]:
    names = {json.loads(line)["sentence"] for line in (PROJECT_PAIRS / name).read_text("utf-8").splitlines()}
    return [row for row in read_domain_rows(PROJECT_PAIRS) if row.sentence in names]


def _sentences(name: str, rows: Sequence[DomainRow], others: Sequence[DomainRow]) -> Iterator[Measured]:
    held = [row for row in rows if is_held_out(row.sentence)]
    pool = list(dict.fromkeys(row.sentence for row in (*held, *rows, *others)))[:SENTENCES]
    for language in ("chinese", "english"):
        asked = [(question, row.sentence) for row in held for question in getattr(row, language)]
        yield Measured(f"{name}-{language[:2].replace('ch', 'zh')}", pool, _whole(asked, pool))


def _law(data: Path, stard: Sequence[Pair]) -> Iterator[Measured]:
    trained = training_part("pairs_stard", list(stard))
    seen = {pair.query for pair in trained}
    asked = [(pair.query, pair.passage) for pair in stard[len(trained) :] if pair.query not in seen]
    articles = list(dict.fromkeys(read_texts(data, LAW)))
    for count in ARTICLES:
        step = max(1, len(articles) // count)
        pool = list(dict.fromkeys([*(pair.passage for pair in stard), *articles[::step][:count]]))
        yield Measured(f"law-{len(pool)}", pool, _whole(asked, pool))


# --- plain BM25 -------------------------------------------------------------------------------


def plain_bm25(measured: Measured) -> tuple[float, float]:
    """recall@1 and recall@5 of words and character pairs alone."""
    asked = [(Counter(words(to_simplified(one.text).lower())), set(one.gold)) for one in measured.asked]
    wanted = {term for terms, _ in asked for term in terms}
    holders: dict[str, list[tuple[int, int]]] = {term: [] for term in wanted}
    lengths = []
    for number, text in enumerate(measured.passages):
        terms = Counter(words(to_simplified(text)))
        lengths.append(terms.total())
        for term in wanted & terms.keys():
            holders[term].append((number, terms[term]))
    mean, total = sum(lengths) / len(lengths), len(lengths)
    ranks = []
    for terms, gold in asked:
        scores: Counter[int] = Counter()
        for term, times in terms.items():
            rare = math.log(1 + (total - len(holders[term]) + 0.5) / (len(holders[term]) + 0.5))
            for number, count in holders[term]:
                norm = _K1 * (1 - _B + _B * lengths[number] / mean)
                scores[number] += times * rare * count * (_K1 + 1) / (count + norm)
        order = sorted(scores, key=lambda number: (-scores[number], number))
        ranks.append(next((rank for rank, number in enumerate(order[:5]) if number in gold), 5))
    return sum(rank < 1 for rank in ranks) / len(ranks), sum(rank < 5 for rank in ranks) / len(ranks)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.quality.retrieval_sets", description="Cut the measured sets."
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of training files")
    parser.add_argument("--out", type=Path, required=True, help="folder of the sets")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    sys.stdout.write(f"{'':22}passages questions   BM25 @1    @5\n")
    for measured in sets_of(options.data):
        rows = [{"question": one.text, "gold": list(one.gold), "answer": one.answer} for one in measured.asked]
        _write(options.out / f"{measured.name}.passages.jsonl", [{"text": text} for text in measured.passages])
        _write(options.out / f"{measured.name}.questions.jsonl", rows)
        first, fifth = plain_bm25(measured)
        told = f"{len(measured.passages):8} {len(measured.asked):9} {first:9.3f} {fifth:5.3f}"
        sys.stdout.write(f"{measured.name:22}{told}\n")
        sys.stdout.flush()


def _write(path: Path, rows: Sequence[dict[str, object]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


if __name__ == "__main__":
    main()
