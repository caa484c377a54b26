"""Trains the vectors of a static model so that a question lies near its passage (contrastive fine-tuning).

Each step takes a batch from one source; within it every other passage is a wrong answer to a question, and every
other question a wrong one for a passage (multiple-negatives ranking loss, both ways). In part of the pairs most words
that question and passage share are taken out of the question (overlap dropout), so that the model learns what word
search cannot do. Only numbers are handled here: which pairs there are is decided in `material`.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray


class TokenLists:
    """Many lists of token numbers in two arrays (a Python list of lists takes ten times the memory)."""

    def __init__(self, lists: Iterable[Sequence[int]]) -> None:
        flat = array("i")
        ends = array("q", [0])
        for tokens in lists:
            flat.extend(tokens)
            ends.append(len(flat))
        self._flat = np.frombuffer(flat, dtype=np.int32) if flat else np.zeros(0, dtype=np.int32)
        self._ends = np.frombuffer(ends, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, number: int) -> NDArray[np.int32]:
        return self._flat[self._ends[number] : self._ends[number + 1]]


Glosses = Mapping[int, Sequence[Sequence[int]]]
"""What a token may become in a word-by-word translation: for its number, lists of other tokens' numbers."""


@dataclass(frozen=True, slots=True)
class Source:
    """Pairs of one kind as token numbers, and how often a batch is taken from them."""

    name: str
    queries: TokenLists
    passages: TokenLists
    groups: Sequence[int]
    """What a pair's passage is: two pairs of one group are never wrong answers to each other."""
    weight: float
    batch: int
    overlap_dropout: float = 0.0
    """The part of the pairs whose shared words are thinned out."""
    translated: float = 0.0
    """The part of the pairs whose question is translated word by word (see `Glosses`)."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What shapes the fine-tuning apart from the pairs."""

    steps: int
    seed: int
    rate: float = 1e-2
    scale: float = 20.0
    shared_words_dropped: float = 0.85
    words_dropped: float = 0.1
    """The part of the words, of questions and passages alike, that is left out at random each time."""
    longest: int = 96
    average_from: float = 0.7
    """The part of the steps after which the tables are averaged."""


def finetune(
    table: NDArray[np.float32],
    sources: Sequence[Source],
    recipe: Recipe,
    glosses: Glosses,
    *,
    report: Callable[[int, float], None] = lambda step, loss: None,
) -> NDArray[np.float32]:
    """The table after training; row 0 (the unknown token) stays zero. Deterministic for one seed and thread count."""
    random = np.random.default_rng(recipe.seed)
    adam = _RowAdam(table)
    shares = np.array([source.weight for source in sources], dtype=np.float64)
    cursors = [_Cursor(source, glosses, random) for source in sources]
    average, averaged = np.zeros_like(table), 0
    losses: list[float] = []
    for step in range(recipe.steps):
        cursor = cursors[int(random.choice(len(sources), p=shares / shares.sum()))]
        queries, passages, groups = cursor.batch(recipe)
        losses.append(_step(adam, queries, passages, groups, recipe, recipe.rate * _rate_at(step / recipe.steps)))
        if step >= recipe.average_from * recipe.steps and step % 10 == 0:
            average += adam.table.numpy()
            averaged += 1
        if (step + 1) % 100 == 0 or step + 1 == recipe.steps:
            report(step + 1, float(np.mean(losses[-100:])))
    result: NDArray[np.float32] = average / np.float32(averaged) if averaged else adam.table.numpy().copy()
    result[0] = 0.0
    return result


def _step(
    adam: _RowAdam,
    queries: Sequence[NDArray[np.int32]],
    passages: Sequence[NDArray[np.int32]],
    groups: NDArray[np.int64],
    recipe: Recipe,
    rate: float,
) -> float:
    """One step on one batch; only the rows of its tokens are touched. Returns the loss."""
    import torch
    from torch.nn.functional import embedding_bag

    texts = [*queries, *passages]
    starts = np.cumsum([0, *(len(text) for text in texts[:-1])])
    numbers, places = np.unique(np.concatenate(texts), return_inverse=True)
    rows = torch.from_numpy(numbers.astype(np.int64))
    local = adam.table[rows].requires_grad_()
    pooled = embedding_bag(torch.from_numpy(places), local, torch.from_numpy(starts), mode="mean")
    loss = _loss(pooled[: len(queries)], pooled[len(queries) :], groups, recipe)
    (gradient,) = torch.autograd.grad(loss, local)
    adam.update(rows, local.detach(), gradient, rate)
    return float(loss.item())


class _RowAdam:
    """Adam that moves only the rows that have a gradient (their averages stand still meanwhile)."""

    def __init__(self, table: NDArray[np.float32], decay: tuple[float, float] = (0.9, 0.999)) -> None:
        import torch

        self.table = torch.from_numpy(table.copy())
        self._first = torch.zeros_like(self.table)
        self._second = torch.zeros_like(self.table)
        self._decay = decay
        self._steps = 0

    def update(self, rows: torch.Tensor, values: torch.Tensor, gradient: torch.Tensor, rate: float) -> None:
        """Moves the rows, whose present values are given, against the gradient."""
        self._steps += 1
        slow, slower = self._decay
        first = self._first[rows].mul_(slow).add_(gradient, alpha=1 - slow)
        second = self._second[rows].mul_(slower).addcmul_(gradient, gradient, value=1 - slower)
        self._first[rows] = first
        self._second[rows] = second
        size = rate * (1 - slower**self._steps) ** 0.5 / (1 - slow**self._steps)
        self.table[rows] = values.addcdiv_(first, second.sqrt_().add_(1e-8), value=-size)


def _rate_at(progress: float) -> float:
    """The learning rate's factor: up within the first twentieth, then down in a straight line."""
    return min(progress / 0.05, 1.0) * (1.0 - 0.95 * progress) if progress > 0 else 0.02


class _Cursor:
    """Hands out the batches of one source, each pair once before any comes again."""

    def __init__(self, source: Source, glosses: Glosses, random: np.random.Generator) -> None:
        self._source = source
        self._glosses = glosses
        self._random = random
        self._order: list[int] = []

    def batch(self, recipe: Recipe) -> tuple[list[NDArray[np.int32]], list[NDArray[np.int32]], NDArray[np.int64]]:
        source = self._source
        if len(self._order) < min(source.batch, len(source.queries)):
            self._order = self._random.permutation(len(source.queries)).tolist()
        chosen, self._order = self._order[: source.batch], self._order[source.batch :]
        passages = [source.passages[number][: recipe.longest] for number in chosen]
        queries = [source.queries[number][: recipe.longest] for number in chosen]
        dice = self._random.random(len(chosen))
        for place, die in enumerate(dice.tolist()):
            if die < source.overlap_dropout:
                queries[place] = self._thin(queries[place], passages[place], recipe.shared_words_dropped)
            elif die < source.overlap_dropout + source.translated:
                queries[place] = self._translate(queries[place])
        if recipe.words_dropped:
            queries = [self._drop(tokens, recipe.words_dropped) for tokens in queries]
            passages = [self._drop(tokens, recipe.words_dropped) for tokens in passages]
        return queries, passages, np.array([source.groups[number] for number in chosen], dtype=np.int64)

    def _drop(self, tokens: NDArray[np.int32], part: float) -> NDArray[np.int32]:
        """The tokens without some of them; unchanged when none would be left."""
        kept = tokens[self._random.random(len(tokens)) >= part]
        return kept if len(kept) else tokens

    def _translate(self, query: NDArray[np.int32]) -> NDArray[np.int32]:
        """The query with every token that has a gloss replaced by one of its glosses, and without the others."""
        translated: list[int] = []
        for token in query.tolist():
            if choices := self._glosses.get(token):
                translated += choices[int(self._random.random() * len(choices))]
        return np.array(translated, dtype=np.int32) if len(translated) >= 2 else query

    def _thin(self, query: NDArray[np.int32], passage: NDArray[np.int32], dropped: float) -> NDArray[np.int32]:
        """The query without most of the words that stand in the passage too; unchanged when hardly any is left."""
        shared = set(passage.tolist())
        kept = [token for token in query.tolist() if token not in shared or self._random.random() >= dropped]
        return np.array(kept, dtype=np.int32) if len(kept) >= 2 else query


def _loss(queries: torch.Tensor, passages: torch.Tensor, groups: NDArray[np.int64], recipe: Recipe) -> torch.Tensor:
    """The ranking loss both ways; pairs of one group are left out of each other's wrong answers."""
    import torch
    from torch.nn.functional import cross_entropy, normalize

    target = torch.arange(len(queries))
    same = torch.from_numpy(groups[:, None] == groups[None, :]) & ~torch.eye(len(queries), dtype=torch.bool)
    scores = (normalize(queries) @ normalize(passages).T * recipe.scale).masked_fill(same, -torch.inf)
    return cross_entropy(scores, target) + cross_entropy(scores.T, target)
