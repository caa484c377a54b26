"""Where the files of a model are: a folder, the hub's copy on this machine, or a fresh download.

A hub name is looked for on this machine first and downloaded only when it is not there and the hub answers. No library
that loads models is imported here, so that a missing model or network is told of in time.
"""

from __future__ import annotations

import os
import re
import threading
import urllib.error
import urllib.request
from pathlib import Path

from embeddings.errors import EmbeddingError

_PROBE_SECONDS = 1.0
_HUB_NAME = re.compile(r"[\w.-]+(?:/[\w.-]+)?", re.ASCII)
_NOT_NEEDED = ["onnx/*", "openvino/*", "*.onnx", "*.onnx_data", "*.h5", "*.msgpack", "*.ot", "*.gguf", "imgs/*"]
"""Files of a hub model that are for other programs."""


def find_model(name_or_folder: str) -> Path:
    """The folder of a model on this machine: the folder named, the hub's cached copy, or a fresh download.

    Raises EmbeddingError when there is none and it cannot be downloaded.
    """
    here = _on_this_machine(name_or_folder)
    if here is not None:
        return here
    endpoint = _hub(name_or_folder)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    failed: Exception | None = None
    for repository in _repositories(name_or_folder):
        try:
            return Path(snapshot_download(repository, endpoint=endpoint, ignore_patterns=_NOT_NEEDED))
        except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
            failed = error
    reason = str(failed).partition("\n")[0].rstrip(".")  # advice on the library itself follows
    raise EmbeddingError(
        en=f"The embedding model {name_or_folder!r} could not be downloaded from {endpoint}: {reason}. "
        "Check the name, or give the folder of a model that is on this machine.",
        zh=f"无法从 {endpoint} 下载嵌入模型 {name_or_folder!r}：{reason}。请检查名称，或给出本机上模型的文件夹。",
    ) from failed


def look_for(name_or_folder: str) -> None:
    """Makes sure that a model is on this machine or that the hub answers; loads and downloads nothing.

    Raises EmbeddingError, within 2 s, when neither is so.
    """
    if _on_this_machine(name_or_folder) is None:
        _hub(name_or_folder)


def _on_this_machine(name_or_folder: str) -> Path | None:
    """The folder named, or the hub's cached copy. Raises EmbeddingError for what can be neither."""
    folder = Path(name_or_folder).expanduser()
    if folder.is_dir():
        if not _is_described(folder):
            raise _no_model_in(name_or_folder)
        return folder
    if not _HUB_NAME.fullmatch(name_or_folder):
        raise _no_such_folder(name_or_folder)
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for repository in _repositories(name_or_folder):
        try:
            cached = Path(snapshot_download(repository, local_files_only=True))
        except HFValidationError as error:
            raise _no_such_folder(name_or_folder) from error
        except LocalEntryNotFoundError:
            continue
        if _looks_complete(cached):
            return cached
    return None


def _repositories(name: str) -> tuple[str, ...]:
    """Where a hub name is looked for: a name without an owner is one of sentence-transformers, as that library has it."""
    return (name,) if "/" in name else (f"sentence-transformers/{name}", name)


def _hub(name: str) -> str:
    """The address of the hub, where it answers; else raises EmbeddingError."""
    from huggingface_hub import constants

    endpoint = os.environ.get("HF_ENDPOINT", constants.ENDPOINT)
    if constants.HF_HUB_OFFLINE or not _answers(endpoint):
        raise _no_network(name, endpoint)
    return endpoint


def _looks_complete(folder: Path) -> bool:
    """Whether a cached copy has a description of the model and weights (an interrupted download may not)."""
    weights = ("*.safetensors", "pytorch_model*.bin")
    return _is_described(folder) and any(any(folder.rglob(pattern)) for pattern in weights)


def _is_described(folder: Path) -> bool:
    """Whether a folder has what every model has, so that any other is told of without loading a library."""
    return (folder / "modules.json").is_file() or (folder / "config.json").is_file()


def _answers(endpoint: str) -> bool:
    """Whether anything answers at the address in time, through the proxy of the environment if there is one.

    In a thread of its own, since looking up a name can take longer than any time limit of the request.
    """
    answered = threading.Event()

    def ask() -> None:
        try:
            urllib.request.urlopen(urllib.request.Request(endpoint, method="HEAD"), timeout=_PROBE_SECONDS).close()
        except urllib.error.HTTPError:
            answered.set()
        except (OSError, ValueError):
            return
        else:
            answered.set()

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(_PROBE_SECONDS)
    return answered.is_set()


def _no_such_folder(name: str) -> EmbeddingError:
    return EmbeddingError(
        en=f"There is no embedding model folder {name!r}, and it is no name of a model on the hub either. "
        "Give an existing folder, a name such as BAAI/bge-m3, or leave the setting out to use the bundled model.",
        zh=f"没有嵌入模型文件夹 {name!r}，它也不是模型库中的名称。"
        "请给出已有的文件夹或 BAAI/bge-m3 这样的名称；不设置此项则使用自带模型。",
    )


def _no_model_in(name: str) -> EmbeddingError:
    return EmbeddingError(
        en=f"There is no embedding model in the folder {name!r}: it has neither modules.json nor config.json. "
        "Give the folder of a sentence-transformers model, or leave the setting out to use the bundled model.",
        zh=f"文件夹 {name!r} 中没有嵌入模型：缺少 modules.json 和 config.json。"
        "请给出 sentence-transformers 模型的文件夹；不设置此项则使用自带模型。",
    )


def _no_network(name: str, endpoint: str) -> EmbeddingError:
    return EmbeddingError(
        en=f"The embedding model {name!r} is not on this machine, and {endpoint} cannot be reached to download it. "
        "Connect to the network, give the folder of a model that is here, or leave the setting out.",
        zh=f"本机没有嵌入模型 {name!r}，也无法连接 {endpoint} 下载。"
        "请连接网络，或给出本机上模型的文件夹；不设置此项则使用自带模型。",
    )
