"""Trains the vectors of a static model so that a question lies near its passage (contrastive fine-tuning).

Each step takes a batch from one source; within it every other passage is a wrong answer to a question, and every
other question a wrong one for a passage (multiple-negatives ranking loss, both ways). In part of the pairs most words
that question and passage share are taken out of the question (overlap dropout), so that the model learns what word
search cannot do. Only numbers are handled here: which pairs there are is decided in `train`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray

Tokens = list[int]


@dataclass(frozen=True, slots=True)
class Source:
    """Pairs of one kind as token numbers, and how often a batch is taken from them."""

    name: str
    queries: Sequence[Tokens]
    passages: Sequence[Tokens]
    groups: Sequence[int]
    """What a pair's passage is: two pairs of one group are never wrong answers to each other."""
    weight: float
    batch: int
    overlap_dropout: float = 0.0
    """The part of the pairs whose shared words are thinned out."""
    in_order: bool = False
    """Whether a batch takes neighbouring pairs (harder wrong answers) instead of any."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What shapes the fine-tuning apart from the pairs."""

    steps: int
    seed: int
    rate: float = 2e-3
    scale: float = 20.0
    nested: tuple[int, ...] = ()
    """Shorter dimensions that are trained along (Matryoshka)."""
    shared_words_dropped: float = 0.85
    longest: int = 160
    average_from: float = 0.7
    """The part of the steps after which the tables are averaged."""


def finetune(
    table: NDArray[np.float32],
    sources: Sequence[Source],
    recipe: Recipe,
    *,
    report: Callable[[int, float], None] = lambda step, loss: None,
) -> NDArray[np.float32]:
    """The table after training; row 0 (the unknown token) stays zero. Deterministic for one seed and thread count."""
    random = np.random.default_rng(recipe.seed)
    adam = _RowAdam(table)
    shares = np.array([source.weight for source in sources], dtype=np.float64)
    cursors = [_Cursor(source, random) for source in sources]
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
    result = average / averaged if averaged else adam.table.numpy().copy()
    result[0] = 0.0
    return result


def _step(
    adam: _RowAdam,
    queries: Sequence[Tokens],
    passages: Sequence[Tokens],
    groups: NDArray[np.int64],
    recipe: Recipe,
    rate: float,
) -> float:
    """One step on one batch; only the rows of its tokens are touched. Returns the loss."""
    import torch
    from torch.nn.functional import embedding_bag

    texts = [*queries, *passages]
    starts = np.cumsum([0, *(len(text) for text in texts[:-1])])
    flat = np.fromiter((token for text in texts for token in text), dtype=np.int64)
    numbers, places = np.unique(flat, return_inverse=True)
    rows = torch.from_numpy(numbers)
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

    def __init__(self, source: Source, random: np.random.Generator) -> None:
        self._source = source
        self._random = random
        self._order: list[int] = []

    def batch(self, recipe: Recipe) -> tuple[list[Tokens], list[Tokens], NDArray[np.int64]]:
        source = self._source
        if len(self._order) < min(source.batch, len(source.queries)):
            self._order = self._new_order()
        chosen, self._order = self._order[: source.batch], self._order[source.batch :]
        queries = []
        for number in chosen:
            query = source.queries[number]
            if source.overlap_dropout and self._random.random() < source.overlap_dropout:
                query = self._thin(query, set(source.passages[number]), recipe.shared_words_dropped)
            queries.append(query[: recipe.longest])
        passages = [source.passages[number][: recipe.longest] for number in chosen]
        return queries, passages, np.array([source.groups[number] for number in chosen], dtype=np.int64)

    def _new_order(self) -> list[int]:
        source = self._source
        if not source.in_order:
            order: list[int] = self._random.permutation(len(source.queries)).tolist()
            return order
        starts = self._random.permutation(range(0, len(source.queries), source.batch))
        shift = int(self._random.integers(source.batch))
        return [
            number
            for start in starts.tolist()
            for number in range(start + shift, min(start + shift + source.batch, len(source.queries)))
        ]

    def _thin(self, query: Tokens, passage: set[int], dropped: float) -> Tokens:
        kept = [token for token in query if token not in passage or self._random.random() >= dropped]
        return kept if len(kept) >= 2 else query


def _loss(queries: torch.Tensor, passages: torch.Tensor, groups: NDArray[np.int64], recipe: Recipe) -> torch.Tensor:
    """The ranking loss both ways, summed over the nested dimensions."""
    import torch
    from torch.nn.functional import cross_entropy, normalize

    target = torch.arange(len(queries))
    same = torch.from_numpy(groups[:, None] == groups[None, :]) & ~torch.eye(len(queries), dtype=torch.bool)
    losses = []
    for dimensions in (queries.shape[1], *recipe.nested):
        scores = normalize(queries[:, :dimensions]) @ normalize(passages[:, :dimensions]).T * recipe.scale
        scores = scores.masked_fill(same, -torch.inf)
        losses.append(cross_entropy(scores, target) + cross_entropy(scores.T, target))
    return torch.stack(losses).mean()
