"""A tiny folder of training files and tiny models, made on the fly for the tests of this room."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file

from embeddings.tokenizer import build_tokenizer

WORDS = ("工会", "职工", "经济", "增长", *"工会职经济增长台湾", "union", "2", "0", "3", "2023")


def write_model(
    folder: Path, tensors: dict[str, NDArray[np.generic]] | None = None, prompts: dict[str, str] | None = None
) -> Path:
    """A sentence-transformers folder with a static model over `WORDS`; random rows unless tensors are given."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "1_Normalize").mkdir(exist_ok=True)
    build_tokenizer(WORDS).save(str(folder / "tokenizer.json"))
    if tensors is None:
        tensors = {"embedding.weight": np.random.default_rng(1).normal(size=(len(WORDS) + 1, 8)).astype(np.float32)}
    save_file(tensors, folder / "model.safetensors")
    static = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
    normalise = "sentence_transformers.base.modules.normalize.Normalize"
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": static},
        {"idx": 1, "name": "1", "path": "1_Normalize", "type": normalise},
    ]
    write_json(folder / "modules.json", modules)
    write_json(folder / "1_Normalize" / "config.json", {})
    write_json(folder / "config_sentence_transformers.json", {"prompts": prompts or {}, "default_prompt_name": None})
    return folder


def write_transformer(folder: Path, prompts: dict[str, str] | None = None, text: str = "".join(WORDS)) -> Path:
    """A sentence-transformers folder with an untrained two-layer BERT over the characters of `text`."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    tokens = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted({char for char in text if not char.isspace()}))
    torch.manual_seed(1)
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64}
    parts = folder / "parts"
    BertTokenizerFast(vocab={token: at for at, token in enumerate(tokens)}).save_pretrained(parts)
    BertModel(BertConfig(vocab_size=len(tokens), **sizes)).save_pretrained(parts)
    read = Transformer(str(parts), max_seq_length=128)
    model = SentenceTransformer(modules=[read, Pooling(read.get_embedding_dimension())], prompts=prompts)
    model.save(str(folder / "model"))
    return folder / "model"


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def write_lines(path: Path, rows: Iterable[object]) -> None:
    """One JSON object a line, gzipped where the name says so."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(text.encode(), mtime=0))
    else:
        path.write_text(text, encoding="utf-8")


def write_training_folder(folder: Path) -> Path:
    """Running texts, pairs, a dictionary and sentences with questions: enough for every stage of the training."""
    folder.mkdir(parents=True, exist_ok=True)
    topics = ("就业", "住房", "教育", "医疗", "交通", "环境", "养老", "农业")
    texts = [f"{topic}工作取得新进展，全市{topic}支出增长。加强{topic}服务，推进{topic}建设。" for topic in topics] * 8
    write_lines(folder / "text_reports.jsonl.gz", ({"t": text} for text in texts))
    pairs = [{"a": f"{topic}怎么样", "b": f"全市{topic}支出增长", "t": "qa"} for topic in topics]
    write_lines(folder / "pairs_some.jsonl.gz", pairs)
    write_lines(folder / "pairs_cmrc_trial.jsonl.gz", [{"a": "绝密甲", "b": "绝密乙", "t": "qa"}])
    english = ("employment", "housing", "education", "medicine", "traffic", "environment", "pension", "farming")
    glosses = [{"a": word, "b": topic, "t": "dict1"} for word, topic in zip(english, topics, strict=True)]
    glosses += [{"a": topic, "b": word, "t": "dict"} for word, topic in zip(english, topics, strict=True)]
    write_lines(folder / "pairs_cedict.jsonl.gz", glosses)
    domain = [
        {
            "topic": topic,
            "sentence": f"全年{topic}投入资金{number}亿元。",
            "zh": [f"{topic}花了多少钱"],
            "en": [f"How much was spent on {word}?"],
            "keywords": [f"{topic} = {topic}方面 / {word}"],
            "kind": "government",
        }
        for number, (word, topic) in enumerate(zip(english, topics, strict=True))
    ]
    write_lines(folder / "domain_pairs.jsonl", domain)
    return folder
