"""What a text means, as 256 numbers: the mean of what its tokens mean.

The table of tokens is the one that the package `wordllama` carries (MIT). Only its two files
are used: the package's own code would bring the tokens from elsewhere. The table is mapped
into memory, hence shared by all processes; the tokenizer is loaded at the first question.
"""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

MODEL = "l2_supercat_256"
STORED_AS = f"{MODEL} in bytes"
"""Changes with the model and with how `stored` writes: what was made otherwise is made anew."""
WIDTH = 256
SCALE = 400
"""No part of a direction in so many dimensions comes near to a third, which this still holds."""
LANGUAGES = frozenset({"en"})
"""It was trained on English; what it says of other languages is chance."""
MOST_LETTERS = 4_000

Vector: TypeAlias = npt.NDArray[np.float32]


def meaning_of(text: str) -> Vector:
    """The direction in which `text` points (length 1); zeros where it has no token."""
    tokens: list[int] = _tokenizer().encode(text[:MOST_LETTERS], add_special_tokens=False).ids
    if not tokens:
        return np.zeros(WIDTH, np.float32)
    mean: Vector = _table()[tokens].astype(np.float32).mean(axis=0)
    direction: Vector = mean / np.float32(np.linalg.norm(mean) or 1)
    return direction


def stored(vectors: list[Vector]) -> bytes:
    """Vectors of length 1 as they are stored: a row of signed bytes each, `SCALE` for 1."""
    return np.rint(np.stack(vectors) * SCALE).clip(-127, 127).astype(np.int8).tobytes()


def likeness(rows: bytes, direction: Vector) -> Vector:
    """The cosine of each stored row and a vector of length 1."""
    matrix = np.frombuffer(rows, np.int8).reshape(-1, WIDTH)
    cosines: Vector = matrix.astype(np.float32) @ (direction / np.float32(SCALE))
    return cosines


@cache
def _folder() -> Path:
    spec = find_spec("wordllama")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("The package wordllama is missing: install requirements/base.txt.")
    return Path(spec.submodule_search_locations[0])


@cache
def _tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(_folder() / "tokenizers" / "l2_supercat_tokenizer_config.json"))


@cache
def _table() -> npt.NDArray[np.float16]:
    """The one tensor of the file (format: 8 bytes length, JSON header, data; see safetensors)."""
    path = _folder() / "weights" / f"{MODEL}.safetensors"
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        (tensor,) = json.loads(file.read(length)).values()
    begin, _end = tensor["data_offsets"]
    return np.memmap(path, np.float16, "r", 8 + length + begin, tuple(tensor["shape"]))
