"""Trains the bundled embedding model: `python -m indexer.train_embedder --data DIR --archive DIR --out DIR --seed N`.

Pairs are read and made (`training/`), a tokenizer is made of their words, and the loss of sentence-transformers pulls
the two texts of a pair together and away from the other texts of the batch. The texts are cut once, beforehand: the
library's trainer would cut them anew for every batch, which takes longer than learning from them. The old model stays as it is until the new
one is complete.
"""

from __future__ import annotations

import argparse
import logging
import shutil
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Final

from indexer.embed import open_embedder
from indexer.segment import Segmenter
from indexer.training.batches import PieceTable, batches
from indexer.training.made import Cut
from indexer.training.measure import held_out_lines
from indexer.training.mixture import make_mixture
from indexer.training.pairs import PairSet, read_held_out
from indexer.training.tokenizer import count_words, make_tokenizer

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

LOG = logging.getLogger(__name__)
DIMENSION: Final = 256
SPREAD: Final = 0.1  # of the first vectors: small enough for rare pieces to stay light until they have learned
BATCH: Final = 1024
SCALE: Final = 20.0
PEAK_LEARNING_RATE: Final = 0.02
LOG_EVERY: Final = 100  # steps
TEXTS_COUNTED: Final = 200_000  # for the tokenizer


def main(arguments: list[str] | None = None) -> None:
    """Train, measure on the held-out year, and put the new model in the place of the old one."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger("indexer").setLevel(logging.INFO)
    LOG.setLevel(logging.INFO)
    try:
        make_model(options)
    except KeyboardInterrupt:
        sys.exit(f"Interrupted: the model in {options.out} is as it was before.")


def make_model(options: argparse.Namespace) -> None:
    """The steps in order; `options.out` changes only in the last of them."""
    started, used = time.monotonic(), time.process_time()
    segmenter = Segmenter()

    def cut(text: str) -> list[str]:
        return [token.word for token in segmenter.tokens(text)]

    held_out = read_held_out(options.data)
    sets = make_mixture(options.data, options.archive, held_out, cut=cut, seed=options.seed)
    tokenizer = learn_tokenizer(sets, cut, seed=options.seed)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{options.out.name}-", dir=options.out.parent) as temporary:
        fresh = Path(temporary) / "model"
        model = train(sets, tokenizer, seed=options.seed, epochs=options.epochs, threads=options.threads)
        save(model, fresh)
        LOG.info("%s", "\n".join(held_out_lines(open_embedder(str(fresh)), held_out.pairs)))
        replace_model(fresh, options.out)
    LOG.info("wall time %.0f s, CPU time %.0f s", time.monotonic() - started, time.process_time() - used)


def learn_tokenizer(sets: list[PairSet], cut: Cut, *, seed: int) -> Tokenizer:
    """A tokenizer made of the words of a sample of the texts."""
    texts = list(dict.fromkeys(text for pairs in sets for pair in pairs.pairs for text in (pair.first, pair.second)))
    chosen = Random(f"{seed} tokenizer").sample(texts, min(TEXTS_COUNTED, len(texts)))
    tokenizer = make_tokenizer(count_words(chosen, cut))
    LOG.info("tokenizer of %d pieces from %d texts", tokenizer.get_vocab_size(), len(chosen))
    return tokenizer


def train(sets: list[PairSet], tokenizer: Tokenizer, *, seed: int, epochs: int, threads: int) -> SentenceTransformer:
    """A model trained on `sets`, every batch of one kind of pair: harder to tell apart than a mixed one."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    torch.set_num_threads(threads)
    torch.set_flush_denormal(True)  # the optimiser's averages for rare pieces fade into numbers that are slow
    torch.manual_seed(seed)
    table = StaticEmbedding(tokenizer, embedding_weights=torch.randn(tokenizer.get_vocab_size(), DIMENSION) * SPREAD)
    model = SentenceTransformer(modules=[table, Normalize()], device="cpu")
    loss_of = MultipleNegativesRankingLoss(
        model, scale=SCALE, directions=("query_to_doc", "doc_to_query"), partition_mode="per_direction"
    )
    pieces, random = PieceTable(tokenizer, sets), Random(f"{seed} batches")
    shown = [batch for _ in range(epochs) for batch in batches(sets, BATCH, random)]
    optimizer = torch.optim.Adam(model.parameters(), lr=PEAK_LEARNING_RATE, fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_LEARNING_RATE, total_steps=len(shown) + 1)
    model.train()
    for number, batch in enumerate(shown, 1):
        features = [pieces.features([pair.first for pair in batch]), pieces.features([pair.second for pair in batch])]
        loss = loss_of(features, None)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if number % LOG_EVERY == 0:
            LOG.info("step %d of %d, loss %.3f", number, len(shown), loss.item())
    return model


def save(model: SentenceTransformer, folder: Path) -> None:
    """The model in `folder` as sentence-transformers saves it, the table in float16."""
    model.half().save_pretrained(str(folder), create_model_card=False, safe_serialization=True)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


def replace_model(fresh: Path, folder: Path) -> None:
    """`fresh` moved to `folder`; of what lay there only the card and the package file are kept."""
    for name in ("README.md", "__init__.py"):
        if (folder / name).is_file():
            shutil.copy2(folder / name, fresh / name)
    if folder.exists():
        folder.replace(fresh.parent / "old")
    fresh.replace(folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m indexer.train_embedder", description="Train the bundled model.")
    parser.add_argument("--data", type=Path, required=True, help="folder of the text pairs (*.jsonl.gz)")
    parser.add_argument("--archive", type=Path, required=True, help="folder of reports (*.txt) to make pairs from")
    parser.add_argument(
        "--out", type=Path, required=True, help="folder of the model, replaced when the new one is done"
    )
    parser.add_argument("--seed", type=int, default=1, help="decides everything that chance decides (default: 1)")
    parser.add_argument("--epochs", type=int, default=3, help="passes over the pairs (default: 3)")
    parser.add_argument("--threads", type=int, default=2, help="threads of the trainer (default: 2)")
    return parser


if __name__ == "__main__":
    main()
