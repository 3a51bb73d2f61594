"""How well the embedding model retrieves: CMRC2018-dev contexts, alone and with BM25, and a held-out year's sentences.

`python -m benchmarks.cmrc [--model NAME]`. The right context has to be ranked first among all 848, unchunked. The fused
score of a context is its BM25 score / the question's largest BM25 score + 1.5 × cosine; the weight was not tuned here.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rjieba
from numpy.typing import NDArray

from indexer.embed import Embedder, open_embedder
from indexer.training.measure import held_out_lines, share_line
from indexer.training.pairs import read_held_out

SHARED = Path(__file__).parents[2] / "shared"
DENSE_WEIGHT = 1.5
K1, B = 1.5, 0.75  # the usual constants of BM25

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """Contexts, questions, and for each question the index of the context it was asked about."""

    contexts: list[str]
    questions: list[str]
    right: NDArray[np.int64]


def read_cmrc(path: Path) -> Reading:
    """The contexts and questions of a CMRC2018 file (SQuAD's format, gzipped)."""
    with gzip.open(path, "rt", encoding="utf-8") as source:
        paragraphs = [paragraph for article in json.load(source)["data"] for paragraph in article["paragraphs"]]
    asked = [(row["question"], number) for number, paragraph in enumerate(paragraphs) for row in paragraph["qas"]]
    contexts = [paragraph["context"] for paragraph in paragraphs]
    return Reading(contexts, [question for question, _ in asked], np.array([number for _, number in asked]))


def bm25_scores(reading: Reading) -> Scores:
    """The BM25 score (Robertson & Zaragoza 2009) of every context for every question, over jieba's words."""
    segmenter = rjieba.Jieba()
    counts = [Counter(segmenter.cut(text.lower())) for text in reading.contexts]
    asked = [segmenter.cut(question.lower()) for question in reading.questions]
    lengths = np.array([count.total() for count in counts])
    norm = K1 * (1 - B + B * lengths / lengths.mean())
    columns: dict[str, Scores] = {}
    for word in {word for words in asked for word in words}:
        found = np.array([count[word] for count in counts], dtype=np.float32)
        holding = np.count_nonzero(found)
        rarity = math.log(1 + (len(counts) - holding + 0.5) / (holding + 0.5))
        columns[word] = (rarity * found * (K1 + 1) / (found + norm)).astype(np.float32)
    return np.stack([np.sum([columns[word] for word in words], axis=0) for words in asked])


def hits_first(scores: Scores, right: NDArray[np.int64]) -> int:
    """For how many rows the largest score stands in the right column; the first column wins a tie."""
    return int(np.count_nonzero(scores.argmax(axis=1) == right))


def fuse(keyword: Scores, dense: Scores) -> Scores:
    """Keyword scores divided by each row's largest, plus the weighted cosines."""
    largest = keyword.max(axis=1, keepdims=True)
    return keyword / np.where(largest > 0, largest, 1) + DENSE_WEIGHT * dense


def measure_cmrc(embedder: Embedder, path: Path) -> list[str]:
    """The lines for CMRC2018 dev: BM25 alone, the model alone, both."""
    reading = read_cmrc(path)
    keyword = bm25_scores(reading)
    dense = embedder.encode_questions(reading.questions) @ embedder.encode_passages(reading.contexts).T
    of = len(reading.questions)
    return [
        f"CMRC2018 dev, {len(reading.contexts)} contexts, {of} questions: right context first",
        share_line("  jieba BM25 alone", hits_first(keyword, reading.right), of),
        share_line("  embedding model alone", hits_first(dense, reading.right), of),
        share_line("  hybrid", hits_first(fuse(keyword, dense), reading.right), of),
    ]


def main(arguments: list[str] | None = None) -> None:
    """Print both measurements; what has no data is skipped with a sentence."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cmrc", description="Measure an embedding model.")
    parser.add_argument("--model", default="bundled", help="bundled, a folder, or a hub name (default: bundled)")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder with questions/ and training/")
    options = parser.parse_args(arguments)
    embedder = open_embedder(options.model)
    cmrc, training = options.shared / "questions" / "cmrc2018_dev.json.gz", options.shared / "training"
    print(f"model: {options.model}")
    if cmrc.is_file():
        print("\n".join(measure_cmrc(embedder, cmrc)))
    else:
        print(f"CMRC2018 skipped: there is no {cmrc}.")
    if (training / "gov_zh_en.jsonl.gz").is_file():
        print("\n".join(held_out_lines(embedder, read_held_out(training).pairs)))
    else:
        print(f"The held-out year skipped: there is no gov_zh_en.jsonl.gz in {training}.")


if __name__ == "__main__":
    main()
