"""The one facade: ask, stream, compare, and the library. Every front end talks to this and to nothing below it.

It holds no state of a person: what was asked before comes in with each call.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answering.base import Composer
from assistant.answering.verifying.verify import verify
from assistant.asked import about, sound
from assistant.asked import cities as named_cities
from assistant.clock import Clock
from assistant.correcting import Values, by_hand, written
from assistant.errors import AssistantError, ReportError, ReportNotFound
from assistant.examples import examples_of
from assistant.index.build import Index
from assistant.language.places import Place, lookup
from assistant.language.script import to_simplified
from assistant.models import AddResult, Answer, City, Draft, Evidence, Kind, Language, Question, Report, ReportSummary
from assistant.question.completed import completed
from assistant.question.intent import is_attack
from assistant.question.respell import respell
from assistant.question.understand import understand
from assistant.reading import read
from assistant.renewal import Counted, Progress, Renewal
from assistant.retrieval.hybrid import Retriever
from assistant.topics import Topic, Topics

_log = logging.getLogger(__name__)
_FOUND = frozenset({"answered", "partial", "unreadable"})


class Assistant:
    """Answers questions over one library of reports. Safe to call from many threads."""

    def __init__(self, index: Index, composer: Composer) -> None:
        self._index = index
        self._retriever = Retriever(index)
        self._topics = Topics(index.library)
        self._composer = composer
        self._former: list[Index] = []
        self._examples: dict[tuple[int, Language], tuple[str, ...]] = {}  # of the present revision
        self._removed: dict[str, _Removed] = {}
        self._adding = threading.Lock()
        self.renewal = Renewal()

    # --- asking ---------------------------------------------------------------------------------

    def ask(self, question: str, *, history: Sequence[str] = (), id: str | None = None) -> Answer:
        """The whole answer; `history` holds the user's earlier turns of the chat, oldest first."""
        return list(self.stream(question, history=history, id=id))[-1]

    def stream(self, question: str, *, history: Sequence[str] = (), id: str | None = None) -> Iterator[Answer]:
        """Growing answers; the last one is complete and verified."""
        clock = Clock()
        asked = self._understood(question, history)
        clock.lap("understand")
        evidence = self._evidence(asked)
        asked, evidence = self._respelt(asked, evidence, history)
        clock.lap("retrieve")
        answer = None
        for draft in self._composer.stream(asked, evidence):
            clock.lap("compose")
            answer = self._checked(asked, evidence, draft, clock, id)
            yield answer
        if answer is not None and answer.status in {"not_found", "unclear"} and history and not evidence.attack:
            for again in self._made_whole(asked, history, answer, clock, id):
                answer = again
                yield answer
        if answer is not None and answer.status == "not_found" and asked.cities:
            for answer in self._beyond(asked, evidence, draft, clock, id):
                yield answer
        if answer is not None:
            _log_checks(answer)

    def compare(self, cities: Sequence[str], topic: str | None = None, *, language: Language = "zh-Hans") -> Answer:
        """The comparison of `cities` (all of the library when empty) in `topic` (all that they share when None).

        Raises RequestRefused for a city without a report.
        """
        clock = Clock()
        wanted = named_cities(cities, self.reports())
        places = tuple(place for place in self._places() if not wanted or place.name in wanted)
        names = "、".join(place.short for place in places)
        text = f"{names}的{topic}分别是多少" if topic else f"对比{names}"
        if topic is not None and topic.isascii():  # the language of the answer does not tell that of the topic
            text = f"Compare {topic} of {', '.join(place.english for place in places)}"
        asked = self._understood(text, ())
        order = {name: index for index, name in enumerate(wanted)}
        known = tuple(
            City(place.name, place.short, True) for place in sorted(places, key=lambda one: order.get(one.name, 0))
        )
        asked = replace(about(asked, topic), intent="compare", cities=known, all_cities=not wanted, language=language)
        clock.lap("understand")
        evidence = self._evidence(asked)
        clock.lap("retrieve")
        draft = self._composer.compose(asked, evidence)
        clock.lap("compose")
        answer = self._checked(asked, evidence, draft, clock, None)
        _log_checks(answer)
        return answer

    def evidence(self, question: str, *, history: Sequence[str] = (), kind: Kind | None = None) -> Evidence:
        """What retrieval alone finds for a question: sentences (of one `kind`) best first, with their reports."""
        return self._evidence(self._understood(question, history), kind)

    def examples(self, language: Language = "zh-Hans") -> tuple[str, ...]:
        """Up to six questions that this library can answer."""
        key = (self._index.library.revision(), language)
        found = self._examples.get(key)
        if found is None:
            found = examples_of(self._index.library, language)
            self._examples = {
                **{kept: value for kept, value in self._examples.items() if kept[0] == key[0]},
                key: found,
            }
        return found

    def topics(self, among: Collection[str] | None = None) -> tuple[Topic, ...]:
        """What the reports with the ids `among` (None: all) give figures of, and which of them do."""
        return self._topics.ranked(among)

    # --- the library ----------------------------------------------------------------------------

    def reports(self) -> tuple[ReportSummary, ...]:
        """A line for each report."""
        return self._index.library.summaries()

    def report(self, id_or_name: str) -> Report:
        """One report, whole. Raises ReportNotFound."""
        return self._index.library.report(id_or_name)

    def add(self, files: Iterable[tuple[str, bytes]]) -> Iterator[Progress | AddResult]:
        """Adds files one by one; each ends in one `AddResult`, and one that is refused does not stop the others."""
        batch = list(files)
        with self._adding:
            for done, (name, content) in enumerate(batch):
                yield Progress(name, "reading", done, len(batch))
                try:
                    there = self._index.unchanged(name, content)
                    if there is not None:
                        yield there
                        continue
                    report = read(name, content)
                    yield Progress(name, "indexing", done, len(batch))
                    yield self._index.add(report, content)
                except AssistantError as error:
                    yield AddResult(name, "refused", reason=error.zh, reason_en=error.en)

    def remove(self, report_id: str) -> None:
        """Takes a report out; `restore` brings it back as long as the program runs. Raises ReportNotFound."""
        report = self.report(report_id)
        self._removed[report.id] = _Removed(report.name, self._index.library.content(report.id), by_hand(report))
        self._index.remove(report.id)

    def restore(self, report_id: str) -> None:
        """Undoes `remove`, corrections by hand included. Raises ReportNotFound for what was not removed,
        and ReportError where it cannot be put back now.
        """
        removed = self._removed.get(report_id)
        if removed is None:
            raise ReportNotFound(
                en=f"No report {report_id} was removed since the start; add its file again.",
                zh=f"本次启动以来没有移除过编号为 {report_id} 的报告，请重新添加文件。",
            )
        for told in self.add([(removed.name, removed.content)]):
            if (
                isinstance(told, AddResult) and told.outcome == "refused"
            ):  # as when the disk is full; it can be tried again
                raise ReportError(en=told.reason_en or "", zh=told.reason or "")
        if removed.corrections:
            self._index.correct(report_id, read, removed.corrections)
        self._removed.pop(report_id, None)

    def correct(self, report_id: str, **fields: str) -> ReportSummary:
        """Sets fields of a report's profile by hand; they survive re-reading.

        A period is written as a report would print it (2024年, 过去五年). An empty value takes a correction
        back: the field is again as read. Raises ReportNotFound, and ReportError for a
        field that a profile does not have or a value that it cannot hold.
        """
        values, back = written(fields)
        self._index.correct(report_id, read, values, back)
        return next(item for item in self.reports() if item.id == self.report(report_id).id)

    def reread(self, report_id: str) -> None:
        """Reads the stored file anew by the present rules."""
        self._index.reread(report_id, read)

    def starting(self) -> Progress | None:
        """What is made ready at the start while it is under way, such as the first filling, else None."""
        return self.renewal.progress

    def trouble(self) -> AssistantError | None:
        """Why the embedding model that is set is not the one that answers, else None."""
        return self.renewal.trouble

    def fill(self, files: Sequence[tuple[str, bytes]]) -> Iterator[Progress | AddResult]:
        """Adds the first reports to an empty library and keeps `starting` up to date."""
        try:
            for item in self.add(files):
                if isinstance(item, Progress):
                    self.renewal.progress = item
                yield item
        finally:
            self.renewal.progress = None

    def catch_up(
        self, tell: Counted | None = None, *, index: Index | None = None, composer: Composer | None = None
    ) -> None:
        """Brings reports up to date that were made by other rules or another embedding model; see `Renewal`.

        With another `index` over the same library (and `composer`), the present ones answer until it is complete.
        """
        whole = self.renewal.bring_up_to_date(index or self._index, tell)
        if whole and index is not None and composer is not None:
            with self._adding:  # what was added meanwhile lacks the vectors of the new index
                self.renewal.bring_up_to_date(index, tell)
                self.use(index, composer)

    def use(self, index: Index, composer: Composer) -> None:
        """From now on answers with these; `close` closes the former index as well, since it may still be asked."""
        if index is not self._index:
            self._former.append(self._index)
        self._index, self._retriever, self._composer = index, Retriever(index), composer
        self._topics = Topics(index.library)

    def warm(self) -> None:
        """Opens the vector store and finds the topics in the background; until then both are had on demand."""
        self._index.warm()
        self._topics.ranked()

    def close(self) -> None:
        """Leaves the index in order; a report that is being brought up to date is finished first."""
        self.renewal.stop()
        for index in (*self._former, self._index):
            index.close()

    # --- inside ---------------------------------------------------------------------------------

    def _beyond(
        self, asked: Question, evidence: Evidence, refusal: Draft, clock: Clock, id: str | None
    ) -> Iterator[Answer]:
        """Growing answers where nothing was found: from earlier reports of the cities, else found in another way."""
        earlier = None if asked.years else self._earlier(asked, evidence, clock, id)
        if earlier is not None:
            yield earlier
            return
        for draft in self._composer.look_further(asked, evidence, refusal):
            clock.lap("compose")
            yield self._checked(asked, evidence, draft, clock, id)

    def _made_whole(
        self, asked: Question, history: Sequence[str], answer: Answer, clock: Clock, id: str | None
    ) -> Iterator[Answer]:
        """The answer as it is while a model makes the follow-up whole, then what is found for that, if anything is."""
        said = ""
        for part in self._composer.complete(asked.text, history):
            said = part
            yield answer  # so that who stops listening stops the model
        again = completed(said, asked, [sound(turn) for turn in history], self._places())
        if again is None:
            return
        evidence = self._evidence(again)
        draft = self._composer.compose(again, evidence)
        clock.lap("compose")
        if draft.status in _FOUND:
            yield self._checked(again, evidence, draft, clock, id)

    def _earlier(self, asked: Question, evidence: Evidence, clock: Clock, id: str | None) -> Answer | None:
        """The answer of the other reports of the cities asked, where their latest ones do not say it."""
        others = self._retriever.retrieve(asked, besides=frozenset(evidence.reports))
        if not others.reports:
            return None
        draft = self._composer.compose(asked, others)
        clock.lap("compose")
        if draft.status not in _FOUND:
            return None
        return self._checked(asked, others, draft, clock, id)

    def _respelt(self, asked: Question, evidence: Evidence, history: Sequence[str]) -> tuple[Question, Evidence]:
        """Question and evidence with a miswritten word put right, where the reports of its cities print the right one."""
        if asked.language == "en" or not (asked.cities or asked.intent == "which_cities") or not asked.terms:
            return asked, evidence
        sources = [report.repaired.text for report in evidence.reports.values()]
        slip = respell(to_simplified(asked.text), sources)
        if slip is None:
            return asked, evidence
        again = self._understood(to_simplified(asked.text).replace(slip[0], slip[1]), history)
        again = replace(again, text=asked.text, whole=asked.whole, language=asked.language, respelt=slip)
        return again, self._evidence(again)

    def _understood(self, question: str, history: Sequence[str]) -> Question:
        turns = [sound(turn) for turn in history]
        return understand(sound(question).strip(), history=turns, library=self._places())

    def _places(self) -> tuple[Place, ...]:
        names = dict.fromkeys(item.city for item in self.reports() if item.city)
        return tuple(place for name in names if name is not None and (place := lookup(name)) is not None)

    def _evidence(self, asked: Question, kind: Kind | None = None) -> Evidence:
        evidence = self._retriever.retrieve(asked, kind=kind)
        examples = self.examples(asked.language)
        return replace(evidence, example=examples[0] if examples else "", attack=is_attack(asked.whole or asked.text))

    def _checked(self, asked: Question, evidence: Evidence, draft: Draft, clock: Clock, id: str | None) -> Answer:
        draft = verify(draft, evidence.reports, asked, library=len(evidence.summaries))
        clock.lap("verify")
        return Answer(
            question=asked.whole or asked.text,
            language=asked.language,
            status=draft.status,
            text=draft.text,
            citations=draft.citations,
            figures=draft.figures,
            derived=draft.derived,
            comparison=draft.comparison,
            related=draft.related,
            carried_cities=asked.carried_cities,
            carried_topic=asked.carried_topic,
            composer=draft.composer,
            checks=draft.checks,
            took_ms=clock.laps,
            id=id,
        )


def _log_checks(answer: Answer) -> None:
    checks = answer.checks
    reasons = ", ".join(sorted({item.why for item in checks.unconfirmed})) or "none"
    _log.info(
        "answer by %s, %s: %d statements, %d checked, %d confirmed, %d not (%s)",
        answer.composer, answer.status, checks.statements, checks.checked, checks.confirmed, len(checks.unconfirmed), reasons,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Removed:
    """What `restore` needs."""

    name: str
    content: bytes
    corrections: Values
