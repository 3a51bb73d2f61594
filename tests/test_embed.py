"""The bundled table of vectors and the path for every other sentence-transformers model."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import numpy as np
import pytest
from safetensors.numpy import save_file

from indexer.embed import Embedder, StaticEmbedder, bundled_folder, open_embedder
from indexer.errors import ModelError

MOST_BYTES = 16_500_000
ENGLISH = "how many gas cylinders were seized in the inspection of rural revitalization 2023 -5.5% km² Ⅱ"


@pytest.fixture(scope="module")
def bundled() -> Embedder:
    return open_embedder()


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """A thousand texts of 1 to 400 characters: slices of the sample corpus, English, rare characters."""
    corpus = Path(__file__).parents[1] / "corpus"
    source = (
        "".join(path.read_text(encoding="utf-8", errors="replace") for path in sorted(corpus.glob("*.txt")))
        + ENGLISH * 20
    )
    source += "①５个 ＧＤＰ 气瓶𠮷 ﬁn \t 煤氣罐 —— “*区” 10⁴亩 😀"
    random = Random(2)
    starts = [random.randrange(len(source)) for _ in range(1000)]
    return [source[start : start + random.randint(1, 400)].strip() or "空" for start in starts]


def test_a_thousand_texts_are_as_sentence_transformers_encodes_them(bundled: Embedder, texts: list[str]) -> None:
    from sentence_transformers import SentenceTransformer

    library = SentenceTransformer(str(bundled_folder()), device="cpu", local_files_only=True).float()
    expected = library.encode(texts, show_progress_bar=False)
    assert np.abs(bundled.encode_passages(texts) - expected).max() < 1e-3


def test_vectors_have_length_one_and_the_models_dimension(bundled: Embedder, texts: list[str]) -> None:
    vectors = bundled.encode_questions(texts)
    assert vectors.shape == (1000, bundled.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_is_encoded_alike_alone_and_among_others(bundled: Embedder, texts: list[str]) -> None:
    alone = np.concatenate([bundled.encode_passages([text]) for text in texts[:20]])
    np.testing.assert_allclose(bundled.encode_passages(texts)[:20], alone, atol=1e-6)


def test_an_empty_text_is_a_row_of_zeros_wherever_it_stands(bundled: Embedder) -> None:
    vectors = bundled.encode_passages(["", "查扣气瓶", " \n", ""])
    assert np.array_equal(np.linalg.norm(vectors, axis=1) > 0, [False, True, False, False])
    assert np.isfinite(vectors).all()
    assert bundled.encode_passages([]).shape == (0, bundled.dimension)


def test_a_very_long_text_is_encoded_whole(bundled: Embedder) -> None:
    once, often = bundled.encode_passages(["全区查扣液化石油气瓶。", "全区查扣液化石油气瓶。" * 20_000])
    assert once @ often > 0.999


def test_related_texts_are_nearer_than_unrelated_ones_in_both_languages(bundled: Embedder) -> None:
    passages = bundled.encode_passages(
        ["全年城镇新增就业1206万人。", "粮食产量保持稳定。", "新建改建农村公路120公里。"]
    )
    asked = ["新增了多少就业？", "new urban jobs", "grain output", "how long are the new rural roads"]
    assert (bundled.encode_questions(asked) @ passages.T).argmax(axis=1).tolist() == [0, 0, 1, 2]


def test_the_folder_is_small_and_holds_nothing_that_runs() -> None:
    assert (bundled_folder() / "model.safetensors").stat().st_size <= MOST_BYTES
    suffixes = {path.suffix for path in bundled_folder().rglob("*") if path.is_file()}
    assert not suffixes & {".pkl", ".pickle", ".bin", ".pt", ".pth", ".ckpt", ".joblib"}


def test_the_bundled_model_needs_neither_torch_nor_the_network() -> None:
    code = (
        "import socket, sys\n"
        "def refuse(*args, **kwargs): raise AssertionError('the network was touched')\n"
        "socket.socket = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from indexer.embed import open_embedder\n"
        "open_embedder().encode_questions(['查扣了多少气瓶？'])\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'huggingface_hub'} & set(sys.modules)\n"
        "sys.exit(f'loaded: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_fingerprint_follows_the_content_not_the_place(bundled: Embedder, tmp_path: Path) -> None:
    copy = shutil.copytree(bundled_folder(), tmp_path / "copy")
    assert open_embedder(str(copy)).fingerprint == bundled.fingerprint
    table = np.ones((32_000, 256), dtype=np.float16)
    save_file({"embedding.weight": table}, copy / "model.safetensors")
    assert open_embedder(str(copy)).fingerprint != bundled.fingerprint


@pytest.fixture(scope="module")
def transformer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of two layers with a vocabulary of single characters and a prompt for questions, never trained."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("bert")
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    pieces = special + sorted(set("查扣气瓶粮食产量多少问题：公里道路"))
    wordpiece = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))
    wordpiece.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    wordpiece.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    names = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), special, strict=True))
    PreTrainedTokenizerFast(tokenizer_object=wordpiece, **names).save_pretrained(folder / "base")
    torch.manual_seed(0)
    sizes = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(pieces), max_position_embeddings=64, **sizes)).save_pretrained(folder / "base")
    body = Transformer(str(folder / "base"))
    model = SentenceTransformer(modules=[body, Pooling(16)], prompts={"query": "问题：", "document": ""}, device="cpu")
    model.save_pretrained(str(folder / "model"))
    return folder / "model"


def test_a_transformer_in_a_folder_encodes_with_its_own_prompts(transformer_folder: Path) -> None:
    embedder = open_embedder(str(transformer_folder))
    assert embedder.dimension == 16
    question = embedder.encode_questions(["查扣气瓶多少"])
    np.testing.assert_allclose(question, embedder.encode_passages(["问题：查扣气瓶多少"]), atol=1e-6)
    assert np.abs(question - embedder.encode_passages(["查扣气瓶多少"])).max() > 1e-3


def test_a_transformers_vectors_have_length_one_and_blank_texts_are_zeros(transformer_folder: Path) -> None:
    vectors = open_embedder(str(transformer_folder)).encode_passages(["粮食产量", "", "道路公里"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 1], atol=1e-5)
    assert vectors.dtype == np.float32


def test_a_transformers_fingerprint_is_stable_and_differs_from_the_bundled_one(
    transformer_folder: Path, bundled: Embedder
) -> None:
    first, second = (open_embedder(str(transformer_folder)).fingerprint for _ in range(2))
    assert first == second != bundled.fingerprint


def test_a_missing_folder_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no embedding model in .*nowhere: set embedding\.model to `bundled`"):
        open_embedder(str(tmp_path / "nowhere"))


def _cut(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: len(content) // 2])


def _rename_table(folder: Path, _: str) -> None:
    save_file({"other": np.ones((2, 2), dtype=np.float16)}, folder / "model.safetensors")


def _shorten_table(folder: Path, _: str) -> None:
    save_file({"embedding.weight": np.ones((10, 256), dtype=np.float16)}, folder / "model.safetensors")


def _other_modules(folder: Path, _: str) -> None:
    modules = [{"idx": 0, "name": "0", "path": "", "type": "nowhere.Transformer"}]
    (folder / "modules.json").write_text(json.dumps(modules))


@pytest.mark.parametrize(
    ("spoil", "name", "said"),
    [
        (lambda folder, name: (folder / name).unlink(), "modules.json", "it has no modules.json"),
        (_cut, "modules.json", "its modules.json cannot be read"),
        (lambda folder, name: (folder / name).unlink(), "model.safetensors", "its model.safetensors cannot be read"),
        (_cut, "model.safetensors", "its model.safetensors cannot be read"),
        (_rename_table, "", "holds no table called embedding.weight"),
        (_shorten_table, "", "its tokenizer knows 32000 pieces, its table 10"),
        (lambda folder, name: (folder / name).unlink(), "tokenizer.json", "its tokenizer.json cannot be read"),
        (_cut, "tokenizer.json", "its tokenizer.json cannot be read"),
        (lambda folder, name: (folder / name).write_text("{}"), "tokenizer.json", "its tokenizer.json cannot be read"),
        (_other_modules, "", "is broken"),
    ],
)
def test_a_broken_folder_is_one_sentence_that_names_it(tmp_path: Path, spoil, name: str, said: str) -> None:
    folder = shutil.copytree(bundled_folder(), tmp_path / "model")
    spoil(folder, name)
    with pytest.raises(ModelError) as caught:
        open_embedder(str(folder))
    message = str(caught.value)
    assert str(folder) in message
    assert said in message
    assert "set embedding.model to" in message


def test_a_sentence_of_the_held_out_year_never_enters_a_pair() -> None:
    from indexer.training.pairs import HeldOut, Pair, keep

    held_out = HeldOut([{"zh": "就业是最大的民生，必须稳住。", "en": "Employment is pivotal to people's wellbeing."}])
    texts = [
        ("jobs", "粮食产量保持稳定。"),
        ("jobs", "就业是最大的民生，必须稳住！"),
        ("jobs", "我们认为如下。就业是最大的民生， 必须稳住。粮食产量保持稳定。"),
        ("EMPLOYMENT is pivotal to people’s wellbeing", "粮食产量保持稳定。"),
    ]
    assert keep(texts, held_out) == (Pair("jobs", "粮食产量保持稳定。"),)


def test_the_dictionary_cleans_glosses_and_finds_words_that_share_one() -> None:
    from indexer.training.dictionary import Dictionary

    entries = [
        ("气瓶", "gas cylinder"),
        ("煤气罐", "a gas cylinder"),
        ("扣押", "to seize (by force)"),
        ("查扣", "seize"),
    ]
    dictionary = Dictionary([*entries, ("异体", "variant of 体[ti3]")])
    assert dictionary.glosses["扣押"] == ["seize"]
    assert "异体" not in dictionary.glosses
    assert dictionary.synonyms("查扣", {"扣押", "气瓶"}) == ["扣押"]
    assert dictionary.synonyms("查扣", set()) == []
    assert dictionary.pieces("查扣气瓶了") == ["查扣", "气瓶", "了"]


def test_a_question_about_an_amount_leaves_the_number_out_and_keeps_the_sentence() -> None:
    from indexer.segment import Segmenter
    from indexer.training.dictionary import Dictionary
    from indexer.training.made import Maker

    segmenter = Segmenter()
    dictionary = Dictionary(
        [("新建", "newly build"), ("农村", "rural area"), ("公路", "highway"), ("公里", "kilometer")]
    )
    maker = Maker(dictionary, lambda text: [token.word for token in segmenter.tokens(text)], frozenset(), Random(1))
    sentence = "全年新建农村公路120公里，群众满意。"
    for _ in range(20):
        asked = maker.amount_asked("新建农村公路120公里", sentence)
        assert asked is None or (asked[1] == sentence and "120" not in asked[0])
    assert maker.amount_asked("群众满意", sentence) is None
    english = maker.amount_asked_in_english("新建农村公路120公里", sentence)
    assert english is not None
    assert english[0].isascii()


def test_english_words_part_into_stem_and_ending() -> None:
    from indexer.training.tokenizer import stem_and_ending

    parted = [stem_and_ending(word) for word in ("seized", "seizing", "seize", "gas", "stabilization", "employment")]
    expected = [("seiz", "ed"), ("seiz", "ing"), ("seiz", "e"), ("gas", ""), ("stabiliz", "ation"), ("employ", "ment")]
    assert parted == expected


def test_the_same_counts_give_the_same_tokenizer_with_whole_words() -> None:
    from indexer.training.tokenizer import make_tokenizer

    chinese = {"查扣": 90, "气瓶": 80, "查": 30, "扣": 30, "气": 40, "瓶": 25, ",": 99}
    counts = chinese | {"cylinders": 50, "seized": 40, "number": 20, "rising": 20}
    tokenizer = make_tokenizer(counts)
    assert tokenizer.encode("查扣气瓶，Cylinders Seizing").tokens == [
        "查扣",
        "气瓶",
        ",",
        "cylind",
        "ers",
        "seiz",
        "ing",
    ]
    assert make_tokenizer(dict(reversed(counts.items()))).to_str() == tokenizer.to_str()


def test_the_interval_of_a_share_is_wilsons() -> None:
    from indexer.training.measure import share_interval

    z, p, n = 1.96, 95 / 100, 100
    half = z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
    low, high = ((p + z * z / (2 * n) + sign * half) / (1 + z * z / n) for sign in (-1, 1))
    assert share_interval(95, 100) == pytest.approx((low, high))
    assert share_interval(0, 0) == (0, 1)


def test_what_was_encoded_before_comes_out_the_same_in_any_company(bundled: Embedder) -> None:
    texts = ["污水管道", "", "绿道", "污水管道"]
    before = bundled.encode_passages(texts)
    before[:] = 7.0  # whoever got it may write into it
    again = bundled.encode_passages(["绿道", "停车泊位", "污水管道", ""])
    anew = StaticEmbedder(bundled_folder()).encode_passages(["绿道", "停车泊位", "污水管道", ""])
    assert np.allclose(again, anew, atol=1e-6)
    assert np.array_equal(again[2], bundled.encode_questions(["污水管道"])[0])
    assert not again[3].any()
