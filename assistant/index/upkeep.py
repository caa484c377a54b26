"""Opens, builds and changes the Chroma collections so that they hold what the library holds.

A generation is opened only when its manifest says that it was left in order and every file is as
it was left; else a new one is built from the library, aside, and taken over when another process
has found it sound. Used by one thread at a time; who may ask meanwhile is decided in `vectors`.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np

from assistant.index import generations, manifest
from assistant.index.chroma import ChromaUnusableError, Collections
from assistant.index.library import Library
from assistant.index.manifest import Manifest
from assistant.index.places import UNITS
from assistant.index.rows import Stored

Progress = Callable[[int, int], None]  # reports done, reports in all
_LAYOUT = "chroma 1"  # change it when collections are made in another way
_REST = 3  # times as long as it worked: questions are answered meanwhile, exactly, by other means
_MOST_REMOVED = 1000  # vectors, or half of those there are: then a new generation is worth it

_log = logging.getLogger(__name__)


class Upkeep:
    """The generation of one home, in a folder or on a server.

    `alone` is called before anything that is open is changed or closed; when it returns, nobody is
    asking. `stopping` breaks off between two reports; until `hurry` is set, what is added to a folder leaves
    time for the rest of the program. Everything raises ChromaUnusableError or OSError.
    """

    def __init__(
        self,
        library: Library,
        model: str,
        *,
        folder: Path,
        url: str | None,
        alone: Callable[[], None],
        stopping: threading.Event,
        hurry: threading.Event,
    ) -> None:
        self.opened: Collections | None = None
        self.manifest: Manifest | None = None
        self._library = library
        self._model = model
        self._folder = folder
        self._url = url
        self._alone = alone
        self._stopping = stopping
        self._hurry = hurry
        self._recipe = f"{_LAYOUT}; library {library.id}; model {model}; {url or 'folder'}"
        self._prefix = f"{library.id[:12]}-"
        self._path = folder / (f"server-{hashlib.sha256(url.encode()).hexdigest()[:8]}.json" if url else "current.json")

    def open(self) -> None:
        """Opens the generation that the manifest points to; leaves nothing open if it is not in order."""
        self.let_go()
        found = manifest.read(self._path)
        if found is None or found.recipe != self._recipe or not found.settled:
            return
        if not self._url:
            folder = self._folder / found.generation
            if generations.checksums(folder) != found.files:
                _log.warning("The files in %s are not as they were left; they are made anew.", folder)
                return
        opened = self._connect(found.generation)
        if any(opened.count(unit) != found.counts.get(unit, 0) for unit in UNITS):
            opened.close()
            return
        self._settle(found)  # opening alone changes Chroma's files
        self.opened = opened
        self._forget_others()

    def level(self, progress: Progress | None) -> int | None:
        """Makes Chroma hold what the library holds; the library's revision, or None if broken off."""
        revision = self._library.revision()
        wanted = {one.id: one for one in self._library.ids()}
        present = self.manifest
        if self.opened is None or present is None:
            self._build(wanted.values(), progress)
        else:
            gone = [
                one for one, version in present.reports.items() if one not in wanted or wanted[one].version != version
            ]
            new = [one for one in wanted.values() if present.reports.get(one.id) != one.version]
            if present.removed > max(_MOST_REMOVED, sum(present.counts.values()) // 2):
                self._build(wanted.values(), progress)
            elif gone or new:
                self._change(self.opened, present, gone, new, progress)
        return None if self._stopping.is_set() else revision

    def distrust(self) -> None:
        """Sees to it that the present generation in the folder is not opened again."""
        self.let_go()
        if not self._url:  # a server may only have been away
            self._path.unlink(missing_ok=True)

    def let_go(self) -> None:
        """Closes what is open, leaving it in order."""
        self._alone()
        opened, self.opened = self.opened, None
        left, self.manifest = self.manifest, None
        if opened is not None:
            opened.close()
            if left is not None and left.settled:
                self._settle(left)
                self.manifest = None

    def _connect(self, generation: str) -> Collections:
        if self._url:
            return Collections.open_server(self._url, f"{self._prefix}{generation}-")
        return Collections.open_folder(self._folder / generation)

    def _settle(self, done: Manifest) -> None:
        files = {} if self._url else generations.checksums(self._folder / done.generation)
        self.manifest = replace(done, files=files, settled=True)
        manifest.write(self._path, self.manifest)

    def _change(
        self, opened: Collections, present: Manifest, gone: list[str], new: list[Stored], progress: Progress | None
    ) -> None:
        """Takes reports out of the present generation and puts others in."""
        self._alone()
        self.manifest = replace(present, settled=False)
        manifest.write(self._path, self.manifest)
        counts, reports, removed = dict(present.counts), dict(present.reports), present.removed
        for report_id in gone:
            for unit in UNITS:
                taken = opened.remove(unit, report_id)
                counts[unit] -= taken
                removed += taken
            del reports[report_id]
        changed = replace(present, counts=counts, reports=reports, removed=removed)
        changed = self._fill(opened, changed, new, progress)
        if any(opened.count(unit) != changed.counts[unit] for unit in UNITS):
            raise ChromaUnusableError("the number of vectors is not what was written")
        self._settle(changed)

    def _build(self, wanted: Iterable[Stored], progress: Progress | None) -> None:
        """Makes a new generation aside, has it verified, and takes it over."""
        new = list(wanted)
        planned = Manifest(generations.new_name(), self._recipe, counts=dict.fromkeys(UNITS, 0))
        if not self._url:
            generations.sweep(self._folder, self.manifest.generation if self.manifest else None)
        made = self._connect(planned.generation)
        try:
            made.create(expected=100 * len(new))
            built = self._fill(made, planned, new, progress)
            if self._stopping.is_set():
                return
            if self._url and not made.sound(built.counts):
                raise ChromaUnusableError("what was just written to the server is not there")
        finally:
            made.close()
        if not self._url and not generations.verified(self._folder / built.generation, built.counts):
            raise ChromaUnusableError(f"{built.generation} was not sound")
        self.let_go()
        opened = self._connect(built.generation)
        for unit in UNITS:
            opened.count(unit)
        self._settle(built)
        self.opened = opened
        self._forget_others()

    def _forget_others(self) -> None:
        if self.opened is None or self.manifest is None:
            return
        if self._url:
            self.opened.drop_others(self._prefix)
        else:
            generations.sweep(self._folder, self.manifest.generation)

    def _fill(self, opened: Collections, present: Manifest, new: list[Stored], progress: Progress | None) -> Manifest:
        """Adds reports, as far as `stopping` allows; the manifest of what is there then."""
        counts, reports, dimensions = dict(present.counts), dict(present.reports), present.dimensions
        for done, one in enumerate(new, start=1):
            if self._stopping.is_set():
                break
            for unit in UNITS:
                places, vectors = self._library.vectors(one, unit, self._model)
                counts[unit] += opened.add(unit, one.id, places, vectors.astype(np.float32), self._rest)
                dimensions = vectors.shape[1] or dimensions
            reports[one.id] = one.version
            if progress is not None:
                progress(done, len(new))
        return replace(present, counts=counts, reports=reports, dimensions=dimensions)

    def _rest(self, worked: float) -> None:
        """Lets the other threads of the program go on, which stand still while Chroma writes to a folder."""
        if not self._url:
            self._hurry.wait(_REST * worked)
