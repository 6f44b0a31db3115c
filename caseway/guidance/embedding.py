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
WIDTH = 256
LANGUAGES = frozenset({"en"})
"""It was trained on English; what it says of other languages is chance."""
MOST_LETTERS = 4_000

Vector: TypeAlias = npt.NDArray[np.float32]


def meaning_of(text: str) -> Vector:
    """The direction in which `text` points (length 1); zeros where it has no token."""
    tokens: list[int] = _tokenizer().encode(text[:MOST_LETTERS], add_special_tokens=False).ids
    if not tokens:
        return np.zeros(WIDTH, np.float32)
    mean = _table()[tokens].astype(np.float32).mean(axis=0, keepdims=True)
    direction: Vector = _directions(mean)[0]
    return direction


def stored(vectors: list[Vector]) -> bytes:
    """Vectors as they are stored: a row of signed bytes each, scaled to the whole range."""
    matrix = np.stack(vectors)
    largest = np.abs(matrix).max(axis=1, keepdims=True)
    return np.rint(matrix * 127 / np.where(largest, largest, 1)).astype(np.int8).tobytes()


def read(rows: bytes) -> Vector:
    """Stored rows as vectors of length 1, one in each row."""
    return _directions(np.frombuffer(rows, np.int8).reshape(-1, WIDTH).astype(np.float32))


def _directions(matrix: Vector) -> Vector:
    """The rows at length 1; those without length as they are."""
    lengths = np.sqrt(np.einsum("ij,ij->i", matrix, matrix))
    directions: Vector = (matrix / np.where(lengths, lengths, 1)[:, None]).astype(np.float32, copy=False)
    return directions


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
