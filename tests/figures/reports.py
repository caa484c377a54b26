"""Small reports for tests: a text, its losses, and sentences that tell of results."""

from __future__ import annotations

from assistant.figures.extract import extract
from assistant.language.sentences import split_sentences
from assistant.models import Figure, Kind, Loss, OffsetMap, Passage, Period, Profile, RepairedText, Sentence, Span


def figures_of(
    text: str,
    *,
    lost: tuple[str, ...] = (),
    kind: Kind = "achieved",
    period: Period | None = None,
    level: str | None = "prefecture",
    written: str | None = None,
) -> tuple[Figure, ...]:
    """The figures of a text; each of `lost` is a piece of it that is damaged print."""
    losses = []
    for piece in lost:
        span = Span(text.index(piece), text.index(piece) + len(piece))
        losses.append(Loss("swallowed", span, span))
    profile = Profile(
        title="",
        city="某市",
        short="某",
        province=None,
        level=level,  # type: ignore[arg-type]
        body=None,
        kind="work report",
        period=period or Period("2023年", "year", 2023, 2023),
        written=written,
    )
    sentences = tuple(Sentence(span, kind) for span in split_sentences(text))
    repaired = RepairedText(text, OffsetMap(()), losses=tuple(losses))
    return extract(repaired, [Passage(Span(0, len(text)), (), sentences)], profile)
