"""Connects to a chat model through LangChain, and reads its replies piece by piece within limits.

Every trouble with a model, its provider or the network ends in one error, `ChatModelTrouble`, that says what kind of
trouble it was. Keys are never touched: the providers' libraries take them from the environment.
"""

from __future__ import annotations

import asyncio
import os
import queue
import random
import re
import sys
import threading
import time
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.errors import ChatModelError, SettingError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessageChunk, BaseMessage

PROVIDERS: dict[str, tuple[str, str | None]] = {
    "openai": ("langchain-openai>=1.1.14", "OPENAI_API_KEY"),
    "anthropic": ("langchain-anthropic>=1.0", "ANTHROPIC_API_KEY"),
    "deepseek": ("langchain-deepseek>=1.0", "DEEPSEEK_API_KEY"),
    "ollama": ("langchain-ollama>=1.0", None),
}
"""What each provider that is an extra needs: its package, and the environment variable of its key."""

_DONE = frozenset({"stop", "end_turn", "stop_sequence", "eos", "complete", "tool_calls", "tool_use", "function_call"})
_REASONS = ("finish_reason", "stop_reason", "done_reason", "stopReason")
_RETRIED = frozenset({"unreachable", "rate", "server"})
_QUOTA = re.compile(r"insufficient|quota|billing|balance|credit", re.I)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how often and how much, in seconds, times and characters."""

    first: float = 20.0  # until the first piece of a reply
    gap: float = 15.0  # between two pieces
    beat: float = 1.0  # how often a silent wait is told of, so that who stopped listening is noticed
    patience: float = 3.0  # without a sentence, after which the built-in answer is shown meanwhile
    total: float = 120.0  # for a whole answer, retries and searches included
    retries: int = 2  # only before anything was shown
    longest_wait: float = 10.0  # of a provider's retry-after
    characters: int = 8000
    failures: int = 5  # in a row, after which the model rests
    rest: float = 60.0


class ChatModelTrouble(ChatModelError):
    """A chat model gave no usable reply; `why` is one of the kinds that `prompts.notice` words."""

    def __init__(self, why: str, detail: str, *, wait: float | None = None) -> None:
        super().__init__(en=f"Chat model: {why} ({detail}).", zh=f"对话模型：{why}（{detail}）。")
        self.why = why
        self.wait = wait


def connect_chat_model(name: str, url: str | None, limits: Limits | None = None) -> BaseChatModel:
    """The chat model PROVIDER:MODEL, at `url` where given. Raises SettingError where it cannot be set up.

    Nothing is sent yet. The libraries' own retries are off: how often is tried is decided here.
    """
    limits = limits or Limits()
    provider, _, model = name.partition(":")
    options: dict[str, Any] = {"timeout": max(limits.first, limits.gap), "max_retries": 0}
    if provider == "ollama":
        options = {"client_kwargs": {"timeout": max(limits.first, limits.gap)}}
    if url is not None:
        options["base_url"] = url
        if provider == "openai" and not os.environ.get("OPENAI_API_KEY"):
            options["api_key"] = "none"  # a server of one's own often asks for no key

    def build() -> BaseChatModel:
        import httpx  # noqa: F401  # its first reply imports it: beside the vector store's, that met it half made
        from langchain.chat_models import init_chat_model

        built: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
        return built

    with ThreadPoolExecutor(1) as worker:
        future = worker.submit(build)
        error = future.exception()
    if error is None and provider == "anthropic" and url is None and not os.environ.get("ANTHROPIC_API_KEY"):
        raise _no_key(name, provider, "")  # its library starts without one, and then every answer fails
    if error is None:
        return future.result()
    raise _not_set_up(name, provider, error)


def _not_set_up(name: str, provider: str, error: BaseException) -> SettingError:
    said = str(error)
    if isinstance(error, ImportError):
        package = PROVIDERS[provider][0] if provider in PROVIDERS else _package_named(said, provider)
        line = f'{sys.executable} -m pip install "{package}"'
        return SettingError(
            en=f"The chat model {name} needs a package that is not installed. Install it with: {line}",
            zh=f"对话模型 {name} 需要的软件包尚未安装，请运行：{line}",
        )
    if re.search(r"api[_ ]?key|credential", said, re.I):
        return _no_key(name, provider, said)
    if re.search(r"unsupported provider", said, re.I):
        return SettingError(
            en=f"The chat model {name}: there is no provider {provider!r}. There are {', '.join(PROVIDERS)} and others of "
            "LangChain; any service with an OpenAI-compatible address is openai:MODEL with --chat-url ADDRESS.",
            zh=f"无法使用对话模型 {name}：没有名为“{provider}”的提供方。可用 {'、'.join(PROVIDERS)} 以及 LangChain 支持的其他提供方；"
            "凡是兼容 OpenAI 的服务，请写 openai:模型名，并用 --chat-url 给出地址。",
        )
    detail = said.splitlines()[0][:200] if said else type(error).__name__
    return SettingError(
        en=f"The chat model {name} cannot be set up: {detail} It must be PROVIDER:MODEL, such as openai:gpt-5.",
        zh=f"无法使用对话模型 {name}：{detail} 应写作“提供方:模型名”，例如 openai:gpt-5。",
    )


def _no_key(name: str, provider: str, said: str) -> SettingError:
    named = re.search(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:KEY|TOKEN)\b", said)
    variable = PROVIDERS.get(provider, ("", None))[1] or (named.group() if named else f"{provider.upper()}_API_KEY")
    return SettingError(
        en=f"The chat model {name} needs a key: set the environment variable {variable} and start again.",
        zh=f"对话模型 {name} 需要密钥：请设置环境变量 {variable}，然后重新启动。",
    )


def _package_named(said: str, provider: str) -> str:
    named = re.search(r"pip install (?:-U )?[`'\"]?([\w\-\[\]]+)", said)
    return named.group(1) if named else f"langchain-{provider}"


class Line:
    """The line to one model: an event loop in a thread of its own, so that a hanging reply can be cut at once."""

    def __init__(self, model: Any, limits: Limits) -> None:
        self._model = model
        self._limits = limits
        self._loop: asyncio.AbstractEventLoop | None = None
        self._lock = threading.Lock()

    def reply(
        self, messages: Sequence[BaseMessage], until: float, *, tools: Sequence[dict[str, Any]] = ()
    ) -> Generator[str, None, AIMessageChunk]:
        """The text of one reply in pieces; returns the whole message. Raises ChatModelTrouble.

        While nothing comes, empty pieces tell that it is waited for. `until` is when the whole answer must be there (`time.monotonic`). Tried again only before the first piece.
        """
        for attempt in range(self._limits.retries + 1):
            try:
                return (yield from self._once(messages, until, tools))
            except _Before as error:
                trouble = error.trouble
                wait = trouble.wait if trouble.wait is not None else 0.2 * 2**attempt * random.uniform(0.8, 1.2)
                last = attempt == self._limits.retries or time.monotonic() + wait >= until
                if last or trouble.why not in _RETRIED or wait > self._limits.longest_wait:
                    raise trouble from error.__cause__
                yield from self._paused(wait)
        raise AssertionError("the last attempt returns or raises")

    def close(self) -> None:
        """Ends the thread; a later reply starts a new one."""
        with self._lock:
            loop, self._loop = self._loop, None
        if loop is not None:
            loop.call_soon_threadsafe(loop.stop)

    def _once(
        self, messages: Sequence[BaseMessage], until: float, tools: Sequence[dict[str, Any]]
    ) -> Generator[str, None, AIMessageChunk]:
        pieces: queue.SimpleQueue[AIMessageChunk | None] = queue.SimpleQueue()
        model = self._model.bind_tools(list(tools)) if tools else self._model

        async def pump() -> None:
            async for chunk in model.astream(list(messages)):
                pieces.put(chunk)

        future = asyncio.run_coroutine_threadsafe(pump(), self._running())
        future.add_done_callback(lambda _: pieces.put(None))
        whole: AIMessageChunk | None = None
        told = False
        try:
            while (chunk := (yield from self._next(pieces, until, first=whole is None))) is not None:
                whole = chunk if whole is None else whole + chunk
                if text := text_of(chunk):
                    told = True
                    yield text
            _finished(future, whole)
        except ChatModelTrouble as trouble:
            if told:
                raise
            raise _Before(trouble) from trouble
        finally:
            future.cancel()
        assert whole is not None
        return whole

    def _next(
        self, pieces: queue.SimpleQueue[AIMessageChunk | None], until: float, *, first: bool
    ) -> Generator[str, None, AIMessageChunk | None]:
        """The next piece, None at the end of the reply."""
        began = time.monotonic()
        end = min(began + (self._limits.first if first else self._limits.gap), until)
        while True:
            try:
                return pieces.get(timeout=max(0.0, min(self._limits.beat, end - time.monotonic())))
            except queue.Empty:
                if time.monotonic() >= end:
                    raise ChatModelTrouble("slow", f"nothing for {end - began:.0f} s") from None
            yield ""

    def _paused(self, seconds: float) -> Generator[str, None, None]:
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            time.sleep(min(self._limits.beat, left))
            yield ""

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(target=_run, args=(self._loop,), name="chat-model", daemon=True).start()
            return self._loop


class _Before(Exception):
    """A trouble before anything of the reply was told."""

    def __init__(self, trouble: ChatModelTrouble) -> None:
        super().__init__(trouble.en)
        self.trouble = trouble


def _run(loop: asyncio.AbstractEventLoop) -> None:
    loop.run_forever()
    loop.run_until_complete(_settle())
    loop.close()


async def _settle() -> None:
    """Cancels what is still under way, so that its connections are closed."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_asyncgens()


def _finished(future: Future[None], whole: AIMessageChunk | None) -> None:
    """Raises where a reply ended otherwise than a whole reply ends."""
    error = future.exception()
    if error is not None:
        raise _trouble_of(error)
    if whole is None:
        raise ChatModelTrouble("garbled", "an empty reply")
    said = [str(whole.response_metadata[key]).lower() for key in _REASONS if whole.response_metadata.get(key)]
    if not any(reason in _DONE for reason in said):
        raise ChatModelTrouble("cut_off", f"ended with {said[0] if said else 'no reason given'}")


def _trouble_of(error: BaseException) -> ChatModelTrouble:
    """The kind of trouble that an error of a provider's library tells of: by status, by name, by cause."""
    response = getattr(error, "response", None)
    status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
    detail = f"{type(error).__name__} {status or ''}".strip()
    if isinstance(status, int):
        if status == 402 or (status == 429 and _QUOTA.search(str(error))):
            return ChatModelTrouble("quota", detail)
        if status == 429:
            return ChatModelTrouble("rate", detail, wait=_retry_after(response))
        if status == 404:
            return ChatModelTrouble("no_model", detail)
        if status in {401, 403}:
            return ChatModelTrouble("key", detail)
        if status >= 500 or status == 408:
            return ChatModelTrouble("server", detail, wait=_retry_after(response))
        return ChatModelTrouble("refused", detail)
    causes: list[BaseException] = []
    while error is not None and error not in causes:
        causes.append(error)
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    names = " ".join(kind.__name__ for cause in causes for kind in type(cause).__mro__)
    if "Timeout" in names:
        return ChatModelTrouble("slow", detail)
    if "Decode" in names or "Validation" in names or "ValueError" in names:
        return ChatModelTrouble("garbled", detail)
    if "Connect" in names or "Protocol" in names or "ReadError" in names or "OSError" in names:
        return ChatModelTrouble("unreachable", detail)
    return ChatModelTrouble("garbled", detail)


def _retry_after(response: object) -> float | None:
    text = str(getattr(response, "headers", {}).get("retry-after") or "")
    return float(text) if re.fullmatch(r"\d{1,6}(\.\d+)?", text) else None


def text_of(chunk: AIMessageChunk) -> str:
    """The text of a piece, also where its content is a list of parts."""
    content = chunk.content
    if isinstance(content, str):
        return content
    return "".join(
        part if isinstance(part, str) else str(part.get("text") or "") if part.get("type") == "text" else ""
        for part in content
    )
