"""Trains the bundled embedding model: `python -m indexer.train_embedder --data DIR --archive DIR --out DIR --seed N`.

Pairs are read and made (`training/`), a tokenizer is learned from their texts, and sentence-transformers' own trainer
pulls the two texts of a pair together and away from the other texts of the batch. The old model stays as it is until
the new one is complete.
"""

from __future__ import annotations

import argparse
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from indexer.training.measure import share_interval, translations_found
from indexer.training.mixture import SHARES, make_mixture
from indexer.training.pairs import HELD_OUT_YEAR, PairSet, read_held_out
from indexer.training.tokenizer import train_tokenizer

LOG = logging.getLogger(__name__)
DIMENSION = 256
BATCH = 1024
SCALE = 20.0
PEAK_LEARNING_RATE = 0.02


def main(arguments: list[str] | None = None) -> None:
    """Train, measure on the held-out year, and put the new model in the place of the old one."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    started, used = time.monotonic(), time.process_time()
    sets = make_mixture(options.data, options.archive, options.seed, SHARES)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{options.out.name}-", dir=options.out.parent) as temporary:
        fresh = Path(temporary) / "model"
        train(sets, fresh, seed=options.seed, epochs=options.epochs, threads=options.threads)
        LOG.info("%s", measure_held_out(fresh, options.data))
        replace_model(fresh, options.out)
    LOG.info("wall time %.0f s, CPU time %.0f s", time.monotonic() - started, time.process_time() - used)


def train(sets: list[PairSet], folder: Path, *, seed: int, epochs: int, threads: int) -> None:
    """A model trained on `sets`, saved to `folder` in float16 as sentence-transformers does."""
    import torch
    from datasets import Dataset
    from sentence_transformers import SentenceTransformer, SentenceTransformerTrainer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
    from sentence_transformers.sentence_transformer.training_args import SentenceTransformerTrainingArguments
    from transformers import set_seed

    torch.set_num_threads(threads)
    tokenizer = train_tokenizer(_texts(sets))
    LOG.info("tokenizer of %d pieces", tokenizer.get_vocab_size())
    set_seed(seed)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_dim=DIMENSION), Normalize()], device="cpu")
    rows = [pair for pairs in sets for pair in pairs.pairs * pairs.repeat]
    dataset = Dataset.from_dict({"first": [row.first for row in rows], "second": [row.second for row in rows]})
    steps = epochs * (len(rows) // BATCH)
    optimizer = torch.optim.Adam(model.parameters(), lr=PEAK_LEARNING_RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_LEARNING_RATE, total_steps=steps + 1)
    trainer = SentenceTransformerTrainer(
        model=model,
        args=SentenceTransformerTrainingArguments(
            output_dir=str(folder),
            num_train_epochs=epochs,
            per_device_train_batch_size=BATCH,
            dataloader_drop_last=True,
            seed=seed,
            use_cpu=True,
            save_strategy="no",
            report_to="none",
            logging_steps=max(1, steps // 40),
        ),
        train_dataset=dataset,
        loss=MultipleNegativesRankingLoss(
            model, scale=SCALE, directions=("query_to_doc", "doc_to_query"), partition_mode="per_direction"
        ),
        optimizers=(optimizer, schedule),
    )
    trainer.train()
    model.half().save_pretrained(str(folder), create_model_card=False, safe_serialization=True)


def measure_held_out(folder: Path, data: Path) -> str:
    """A sentence that says how often an English sentence of the held-out year finds the right Chinese one first."""
    from indexer.embed import open_embedder

    pairs = read_held_out(data).pairs
    embedder = open_embedder(str(folder))
    english, chinese = [pair.first for pair in pairs], [pair.second for pair in pairs]
    hits = translations_found(pairs, embedder.encode_questions(english), embedder.encode_passages(chinese))
    low, high = share_interval(hits, len(pairs))
    return f"{HELD_OUT_YEAR}: right Chinese sentence first for {hits} of {len(pairs)} = {hits / len(pairs):.3f} [{low:.3f}, {high:.3f}]"


def replace_model(fresh: Path, folder: Path) -> None:
    """The model in `fresh` moved to `folder`; the card (README.md) of the old one is kept, the rest of it removed."""
    card = folder / "README.md"
    if card.is_file():
        shutil.copy2(card, fresh / "README.md")
    old = fresh.parent / "old"
    if folder.exists():
        os.replace(folder, old)
    os.replace(fresh, folder)


def _texts(sets: list[PairSet]) -> Iterator[str]:
    for pairs in sets:
        for pair in pairs.pairs:
            yield pair.first
            yield pair.second


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m indexer.train_embedder", description="Train the bundled model.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the text pairs (*.jsonl.gz)")
    parser.add_argument("--archive", type=Path, required=True, help="folder of reports (*.txt) that pairs are made from")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model; replaced when the new one is done")
    parser.add_argument("--seed", type=int, default=1, help="decides everything that chance decides (default: 1)")
    parser.add_argument("--epochs", type=int, default=3, help="passes over the pairs (default: 3)")
    parser.add_argument("--threads", type=int, default=2, help="threads of the trainer (default: 2)")
    return parser


if __name__ == "__main__":
    main()
