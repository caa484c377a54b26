"""The light reader of static models."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file
from tiny_models import WORDS, write_json, write_model

from embeddings.errors import EmbeddingError
from embeddings.load import BUNDLED_MODEL, describe, load_embeddings
from embeddings.static import StaticModel, is_static

SAMPLES = (
    "",
    "   \n",
    "，。！？",
    "2023年全市地区生产总值增长5.2%，城镇新增就业3.1万人。",
    "臺灣經濟與社會發展，ＧＤＰ增長",
    "How many delivery riders joined the union last year?",
    "工会为户外劳动者建了多少个驿站？" * 40,
    "龘靐 \U00020000 😀 ①㎡ café",
)


@pytest.mark.filterwarnings("ignore")  # sentence-transformers and its libraries warn about each other on import
def test_the_vectors_are_those_of_sentence_transformers(bundled: StaticModel) -> None:
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(BUNDLED_MODEL), local_files_only=True)
    np.testing.assert_allclose(bundled.encode(SAMPLES), reference.encode(list(SAMPLES)), rtol=0, atol=1e-6)
    np.testing.assert_allclose(bundled.embed_query(SAMPLES[3]), reference.encode_query(SAMPLES[3]), rtol=0, atol=1e-6)


def test_a_text_without_known_tokens_has_the_zero_vector(bundled: StaticModel) -> None:
    assert not bundled.encode(SAMPLES[:3]).any()
    assert bundled.embed_query("") == [0.0] * bundled.dimension
    assert bundled.embed_documents([]) == []


def test_every_other_text_has_a_vector_of_unit_length(bundled: StaticModel) -> None:
    np.testing.assert_allclose(np.linalg.norm(bundled.encode(SAMPLES[3:]), axis=1), 1.0, atol=1e-6)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("臺灣經濟與社會發展", "台湾经济与社会发展"),
        ("ＧＤＰ增长５％", "gdp增长5%"),
        ("劳动者，工会！", "劳动者 工会"),
        ("繁體字与简体字混排的職工服務", "繁体字与简体字混排的职工服务"),
    ],
)
def test_script_width_case_and_punctuation_make_no_difference(bundled: StaticModel, one: str, other: str) -> None:
    assert bundled.embed_query(one) == bundled.embed_query(other)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=6))
def test_a_vector_does_not_depend_on_the_texts_beside_it(texts: list[str]) -> None:
    model = load_embeddings()
    assert model.embed_documents(texts) == [model.embed_query(text) for text in texts]


@pytest.mark.parametrize(
    ("question", "passages"),
    [
        ("送外卖的累了有地方歇脚吗", ["建成户外劳动者驿站860个。", "粮食总产量120万吨。", "新增公交线路12条。"]),
        ("Where can delivery riders rest?", ["建成户外劳动者驿站860个。", "粮食总产量120万吨。", "造林30万亩。"]),
        ("看病花钱能报多少", ["新建学校18所，增加学位2万个。", "居民医保报销比例提高到75%。", "完成造林30万亩。"]),
    ],
)
def test_everyday_words_find_the_official_sentence(bundled: StaticModel, question: str, passages: list[str]) -> None:
    scores = bundled.encode(passages) @ bundled.encode([question])[0]
    gold = {"送": 0, "W": 0, "看": 1}[question[0]]
    assert int(scores.argmax()) == gold


def test_the_words_of_a_text_are_compared_one_by_one(bundled: StaticModel) -> None:
    same, near, far, nothing = bundled.closeness("讨薪", ["农民工讨薪有门", "追回拖欠工资", "造林三十万亩", ""])
    assert same == pytest.approx(1, abs=1e-5) and same > near > far
    assert nothing == 0
    assert bundled.closeness("", ["讨薪"]).tolist() == [0] and bundled.closeness("讨薪", []).tolist() == []


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=20), st.lists(st.text(max_size=40), max_size=6))
def test_closeness_lies_between_cosines_and_does_not_depend_on_the_texts_beside_it(
    question: str, texts: list[str]
) -> None:
    model = load_embeddings()
    assert isinstance(model, StaticModel)
    found = model.closeness(question, texts)
    assert all(-1 - 1e-5 <= value <= 1 + 1e-5 for value in found)
    assert found == pytest.approx([float(model.closeness(question, [text])[0]) for text in texts], abs=1e-5)


def test_all_stored_forms_of_the_same_table_give_the_same_vectors(tmp_path: Path) -> None:
    random = np.random.default_rng(3)
    rows = random.integers(-127, 128, size=(len(WORDS) + 1, 8)).astype(np.int8)
    factors = random.uniform(0.5, 2.0, size=len(rows)).astype(np.float32)
    plain = (rows * factors[:, None]).astype(np.float32)
    mapping = np.arange(len(rows), dtype=np.int32)
    forms = (
        {"embedding.weight": plain},
        {"embeddings": rows, "weights": factors},
        {"embeddings": rows, "weights": factors, "mapping": mapping},
    )
    models = [StaticModel(write_model(tmp_path / str(n), form)) for n, form in enumerate(forms)]
    vectors = [model.encode(["工会职工经济增长2023", "台湾 union"]) for model in models]
    np.testing.assert_allclose(vectors[1], vectors[0], atol=1e-6)
    np.testing.assert_allclose(vectors[2], vectors[0], atol=1e-6)


def test_the_fingerprint_names_the_model_and_follows_its_content(tiny_model: Path) -> None:
    before = load_embeddings(str(tiny_model))
    assert describe(before) == describe(load_embeddings(str(tiny_model)))
    assert before.fingerprint.startswith("tiny@")
    save_file({"embedding.weight": np.ones((len(WORDS) + 1, 8), np.float32)}, tiny_model / "model.safetensors")
    assert load_embeddings(str(tiny_model)).fingerprint != before.fingerprint


@pytest.mark.parametrize("name", ["tokenizer.json", "model.safetensors", "modules.json"])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff\xfe broken"])
def test_a_missing_or_broken_file_is_named_in_the_error(tiny_model: Path, name: str, content: bytes | None) -> None:
    if content is None:
        (tiny_model / name).unlink()
    else:
        (tiny_model / name).write_bytes(content)
    with pytest.raises(EmbeddingError, match=name) as caught:
        StaticModel(tiny_model)
    assert str(tiny_model) in caught.value.zh


def test_a_table_with_fewer_rows_than_tokens_is_refused(tmp_path: Path) -> None:
    folder = write_model(tmp_path / "short", {"embedding.weight": np.ones((3, 8), np.float32)})
    with pytest.raises(EmbeddingError, match="more tokens"):
        StaticModel(folder)


def test_a_model_with_prompts_or_other_modules_is_not_read_here(tmp_path: Path) -> None:
    assert is_static(write_model(tmp_path / "plain"))
    assert not is_static(write_model(tmp_path / "prompts", prompts={"query": "查询："}))
    other = write_model(tmp_path / "other")
    write_json(other / "modules.json", [{"type": "sentence_transformers.models.Transformer"}])
    assert not is_static(other)


def test_the_bundled_model_and_what_makes_it_are_small() -> None:
    files = (path for path in BUNDLED_MODEL.parent.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    assert sum(path.stat().st_size for path in files) <= 16_000_000
