"""The first vectors of a static model, from running text alone: which words stand near which.

Counts of neighbours within a window become positive pointwise mutual information; a truncated singular value
decomposition of it gives each token a vector, weighted so that common words count less (SIF). English tokens, which
the Chinese texts hardly hold, start as the mean of the Chinese tokens that a dictionary glosses with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from embeddings.corpus import Pair

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix
    from tokenizers import Tokenizer

_SIF = 1e-4
_SMOOTHING = 0.75
_TEXTS_A_CHUNK = 20_000
_GLOSSES_A_TOKEN = 40


def initial_vectors(
    texts: Iterable[str], glosses: Sequence[Pair], tokenizer: Tokenizer, *, dimensions: int, window: int = 5, seed: int
) -> NDArray[np.float32]:
    """One vector a token: from the neighbours in `texts`, for English tokens from `glosses` (Chinese, English)."""
    size = tokenizer.get_vocab_size()
    counts, neighbours = _count(texts, tokenizer, size, window)
    vectors = _decompose(neighbours, dimensions, seed)
    _fill_latin(vectors, counts, glosses, tokenizer)
    random = np.random.default_rng(seed)
    lengths = np.linalg.norm(vectors, axis=1)
    bare = lengths < 1e-6
    vectors[bare] = random.normal(size=(int(bare.sum()), dimensions)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    shares = counts / max(counts.sum(), 1.0)
    vectors *= (_SIF / (_SIF + shares))[:, None].astype(np.float32)
    vectors[bare] *= 0.3
    vectors[0] = 0.0
    return vectors


def _chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(texts)
    while chunk := list(islice(remaining, _TEXTS_A_CHUNK)):
        yield chunk


def _count(
    texts: Iterable[str], tokenizer: Tokenizer, size: int, window: int
) -> tuple[NDArray[np.float64], csr_matrix]:
    """How often each token occurs, and how often each two stand within the window of each other."""
    from scipy.sparse import csr_matrix

    counts = np.zeros(size, dtype=np.float64)
    neighbours = csr_matrix((size, size), dtype=np.float32)
    for chunk in _chunks(texts):
        gap = [0] * window
        flat: list[int] = []
        for encoding in tokenizer.encode_batch_fast(chunk, add_special_tokens=False):
            flat += encoding.ids
            flat += gap
        tokens = np.asarray(flat, dtype=np.int64)
        counts += np.bincount(tokens, minlength=size)
        for distance in range(1, window + 1):
            left, right = tokens[:-distance], tokens[distance:]
            both = (left > 0) & (right > 0)
            codes, times = np.unique(left[both] * size + right[both], return_counts=True)
            # A neighbour further away counts less, as in word2vec.
            weights = times.astype(np.float32) * ((window + 1 - distance) / window)
            neighbours = neighbours + csr_matrix((weights, (codes // size, codes % size)), shape=(size, size))
    counts[0] = 0.0
    return counts, neighbours + neighbours.T


def _decompose(neighbours: csr_matrix, dimensions: int, seed: int) -> NDArray[np.float32]:
    """The truncated decomposition of the positive pointwise mutual information of the counts."""
    from scipy.sparse import csr_matrix
    from sklearn.utils.extmath import randomized_svd  # type: ignore[import-untyped]

    table = neighbours.tocoo()
    kept = table.data >= 1.0
    rows, columns, times = table.row[kept], table.col[kept], table.data[kept].astype(np.float64)
    margin = np.asarray(neighbours.sum(axis=1)).ravel().astype(np.float64)
    smoothed = margin**_SMOOTHING
    smoothed /= max(smoothed.sum(), 1.0)
    information = np.log(times / (np.maximum(margin[rows], 1.0) * np.maximum(smoothed[columns], 1e-12)))
    positive = information > 0
    matrix = csr_matrix(
        (information[positive].astype(np.float32), (rows[positive], columns[positive])), shape=neighbours.shape
    )
    left, singular, _ = randomized_svd(matrix, n_components=dimensions, n_iter=3, random_state=seed)
    vectors: NDArray[np.float32] = (left * np.sqrt(singular)).astype(np.float32)
    return vectors


def _fill_latin(
    vectors: NDArray[np.float32], counts: NDArray[np.float64], glosses: Sequence[Pair], tokenizer: Tokenizer
) -> None:
    """Gives each English token the mean of the Chinese words glossed with it, and counts it as often as glossed."""
    words = tokenizer.get_vocab()
    latin = {word: number for word, number in words.items() if word.isascii() and word.isalpha() and len(word) > 1}
    chinese = tokenizer.encode_batch_fast([pair.query for pair in glosses], add_special_tokens=False)
    english = tokenizer.encode_batch_fast([pair.passage for pair in glosses], add_special_tokens=False)
    numbers = set(latin.values())
    sums: dict[int, list[NDArray[np.float32]]] = defaultdict(list)
    times: dict[int, int] = defaultdict(int)
    for zh, en in zip(chinese, english, strict=True):
        ids = [number for number in zh.ids if counts[number] > 0]
        for number in set(en.ids) & numbers:
            times[number] += 1
            if ids and len(sums[number]) < _GLOSSES_A_TOKEN:
                sums[number].append(vectors[ids].mean(axis=0))
    total, glossed = counts.sum(), max(sum(times.values()), 1)
    for number in numbers:
        if sums[number]:
            vectors[number] = np.mean(sums[number], axis=0)
        counts[number] += times[number] / glossed * total
