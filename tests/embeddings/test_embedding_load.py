"""The public door: folders, names, prompts and errors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from langchain_core.embeddings import Embeddings
from tiny_models import write_json, write_model, write_transformer

from embeddings import hub
from embeddings.errors import EmbeddingError
from embeddings.langchain import StaticEmbeddings
from embeddings.load import BUNDLED_MODEL, describe, load_embeddings, load_model


def test_without_a_name_the_bundled_model_is_loaded() -> None:
    model = load_embeddings()
    assert isinstance(model, StaticEmbeddings)
    assert model.folder == BUNDLED_MODEL
    assert describe(model).startswith("model@") and describe(model).endswith(f"/{model.dimension}")


def test_a_static_model_is_read_without_langchain_and_gives_the_same_vectors() -> None:
    light, full = load_model(), load_embeddings()
    assert not isinstance(light, Embeddings) and isinstance(full, Embeddings)
    assert light.embed_query("增长") == full.embed_query("增长") and describe(light) == describe(full)
    read = "import sys; from embeddings.load import load_model; load_model(); print('langchain_core' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", read], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_hub_name_without_network_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(EmbeddingError, match=r"nobody/no-such-model.*127\.0\.0\.1:9") as caught:
        load_embeddings("nobody/no-such-model")
    assert "nobody/no-such-model" in caught.value.zh


@pytest.mark.parametrize("name", ["/no/such/folder", "nobody/no-such-model"])
def test_a_missing_model_is_told_of_before_anything_heavy_is_imported(name: str) -> None:
    script = f"""
import os, sys
os.environ["HF_ENDPOINT"] = "http://127.0.0.1:9"
from embeddings import hub
from embeddings.errors import EmbeddingError
from embeddings.load import load_model
try:
    load_model({name!r})
except EmbeddingError:
    print({{"langchain_core", "sentence_transformers", "torch"}} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("name", ["/no/such/folder", "./nothing here", "a b", "x/y/z"])
def test_a_missing_folder_is_named(name: str) -> None:
    with pytest.raises(EmbeddingError) as caught:
        load_embeddings(name)
    assert name in caught.value.en and name in caught.value.zh


@pytest.mark.filterwarnings("ignore")  # sentence-transformers and its libraries warn about each other on import
def test_the_prompts_of_a_model_are_respected(tmp_path: Path) -> None:
    plain = load_embeddings(str(write_model(tmp_path / "plain")))
    prompted = load_embeddings(str(write_model(tmp_path / "prompted", prompts={"query": "工会 ", "document": "经济 "})))
    assert not isinstance(prompted, StaticEmbeddings)
    assert prompted.dimension == plain.dimension == 8
    assert prompted.embed_query("增长") == pytest.approx(plain.embed_query("工会 增长"), abs=1e-6)
    assert prompted.embed_documents(["增长"])[0] == pytest.approx(plain.embed_query("经济 增长"), abs=1e-6)
    assert prompted.embed_documents([]) == []
    assert prompted.fingerprint.startswith("prompted@")


@pytest.mark.filterwarnings("ignore")  # sentence-transformers and its libraries warn about each other on import
def test_a_transformer_gives_the_vectors_of_sentence_transformers_with_its_prompts(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = write_transformer(tmp_path, {"query": "问", "document": "答"}, "问答工会职增长")
    capfd.readouterr()
    model = load_embeddings(str(folder))
    assert "Loading" not in capfd.readouterr().err  # whoever asked for the model tells how far it is
    from sentence_transformers import SentenceTransformer

    plain = SentenceTransformer(str(folder))
    asked, told = plain.encode(["问工会增长", "答工会增长"], normalize_embeddings=True)
    assert model.embed_query("工会增长") == pytest.approx(asked.tolist(), abs=1e-6)
    assert model.embed_documents(["工会增长"])[0] == pytest.approx(told.tolist(), abs=1e-6)
    assert asked.tolist() != pytest.approx(told.tolist(), abs=1e-3)
    assert model.dimension == 32


@pytest.mark.filterwarnings("ignore")  # sentence-transformers and its libraries warn about each other on import
def test_code_that_comes_with_a_model_is_never_run(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "trap")
    witness = tmp_path / "it ran"
    (folder / "trap.py").write_text(f"open({str(witness)!r}, 'w').close()\nclass Trap: ...\n", encoding="utf-8")
    write_json(folder / "modules.json", [{"idx": 0, "name": "0", "path": "", "type": "trap.Trap"}])
    with pytest.raises(EmbeddingError, match="cannot be loaded"):
        load_embeddings(str(folder))
    assert not witness.exists()


def test_a_folder_that_holds_no_model_is_told_of_before_anything_heavy_is_imported(tmp_path: Path) -> None:
    script = f"""
import sys
from embeddings import hub
from embeddings.errors import EmbeddingError
from embeddings.load import look_for
try:
    look_for({str(tmp_path)!r})
except EmbeddingError as error:
    print("modules.json" in error.en, "modules.json" in error.zh, {{"transformers", "torch"}} & set(sys.modules))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True True set()"


@pytest.mark.filterwarnings("ignore")  # sentence-transformers and its libraries warn about each other on import
def test_a_model_without_its_parts_is_explained(tmp_path: Path) -> None:
    write_json(tmp_path / "config.json", {})
    with pytest.raises(EmbeddingError, match="cannot be loaded") as caught:
        load_embeddings(str(tmp_path))
    assert "无法加载" in caught.value.zh


def test_a_name_without_an_owner_is_one_of_sentence_transformers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import huggingface_hub
    from huggingface_hub.errors import LocalEntryNotFoundError

    asked: list[str] = []

    def fetch(repository: str, **given: object) -> str:
        asked.append(repository)
        if given.get("local_files_only") or repository != "plain":
            raise LocalEntryNotFoundError("not here")
        return str(tmp_path)

    monkeypatch.setattr(huggingface_hub, "snapshot_download", fetch)
    monkeypatch.setattr(hub, "_hub", lambda name: "http://hub")
    assert hub.find_model("plain") == tmp_path
    assert asked == ["sentence-transformers/plain", "plain"] * 2
    asked.clear()
    with pytest.raises(EmbeddingError, match="owner/plain"):
        hub.find_model("owner/plain")
    assert asked == ["owner/plain"] * 2
