"""Write what was trained as int8 graphs for onnxruntime.

The bundled model is two graphs, so that its first layers can be read without the others: the cross-encoder goes on from there. Each
graph takes one text (or one pair) at a time: nothing is padded, and nothing depends on a neighbour. Weights are 8-bit, the embedding
rows with a scale each.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from assistant.index.kiwi_transformer import DIMENSION, MAX_TOKENS, KiwiTokenizer

if TYPE_CHECKING:
    from training.train import Student

LOWER_LAYERS = 3
"""How many of the six layers the first graph holds."""
_BLOCK = 128
_HEADS = 12
_MICROSOFT = "com.microsoft"
# The products whose inputs have outliers: they are quantised finely, the others fast.
BLOCKS = re.compile(r"layers?\.\d\.output\.dense")
_LAYER = re.compile(r"(?:encoder\.)?layers?\.(\d+)\.")
# The cross-encoder's head gives two numbers, see ``training.cross_encoder.CrossEncoder``.
ODDS = 1
BOTH_SCALE = 8.0

_Shape = Sequence[str | int]


class _Graph:
    """Collects nodes and constants.

    Args:
        state: weights by their names.
        blocks: names of the products that are quantised block by block and row by row.
    """

    def __init__(self, state: Mapping[str, NDArray[np.float32]], blocks: re.Pattern[str]) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._state = state
        self._blocks = blocks

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(op, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def norm(self, name: str) -> list[str]:
        """The constants of a layer's normalisation."""
        parts = (("gamma", "weight"), ("beta", "bias"))
        return [self.constant(f"{name}.{told}", self._state[f"{name}.{own}"]) for told, own in parts]

    def layers(self, x: str, names: Iterable[str]) -> str:
        """Transformer layers one after the other, over ``x`` (1, tokens, 384)."""
        # Attention without a mask is another kernel, which rounds otherwise.
        one = numpy_helper.from_array(np.ones(1, dtype=np.int32))
        mask = self.add("ConstantOfShape", [self.add("Shape", [x], "mask.shape", end=2)], "mask", value=one)
        for name in names:
            q, k, v = (self.linear(f"{name}attention.self.{part}", x) for part in ("query", "key", "value"))
            mixed = self.add("MultiHeadAttention", [q, k, v, "", mask], f"{name}mixed", _MICROSOFT, num_heads=_HEADS)
            y = self.linear(f"{name}attention.output.dense", mixed)
            x = self._added(y, x, f"{name}attention.output.LayerNorm", f"{name}attended")
            wide = self.add("Gelu", [self.linear(f"{name}intermediate.dense", x)], f"{name}wide", _MICROSOFT)
            x = self._added(self.linear(f"{name}output.dense", wide), x, f"{name}output.LayerNorm", f"{name}out")
        return x

    def _added(self, y: str, x: str, norm: str, output: str) -> str:
        return self.add("SkipLayerNormalization", [y, x, *self.norm(norm)], output, _MICROSOFT, epsilon=1e-12)

    def model(self, name: str, inputs: Mapping[str, _Shape], outputs: Mapping[str, _Shape]) -> onnx.ModelProto:
        """What was collected, as a model over one text at a time; shapes without that first dimension of 1."""
        described = (
            [helper.make_tensor_value_info(key, _type(key), [1, *shape]) for key, shape in side.items()]
            for side in (inputs, outputs)
        )
        graph = helper.make_graph(self.nodes, name, *described, self.constants)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="annae")

    def linear(self, name: str, x: str) -> str:
        """``x @ weight.T + bias`` in 8 bits; ``weight`` is (out, in)."""
        weight, bias = self._state[f"{name}.weight"], self._state[f"{name}.bias"]
        n, k = weight.shape
        if not self._blocks.search(name):
            scale = np.maximum(np.abs(weight).max(axis=1), 1e-12) / 127
            table = np.round(weight / scale[:, None]).astype(np.int8)
            inputs = [
                x,
                self.constant(f"{name}.weight", table.T),
                self.constant(f"{name}.scale", scale.astype(np.float32)),
            ]
            return self.add(
                "DynamicQuantizeMatMul", [*inputs, "", self.constant(f"{name}.bias", bias)], name, _MICROSOFT
            )
        blocks = weight.reshape(n, k // _BLOCK, _BLOCK)
        scale = np.maximum(np.abs(blocks).max(axis=2), 1e-12) / 127
        packed = (np.round(blocks / scale[..., None]) + 128).astype(np.uint8)
        inputs = [
            x,
            self.constant(f"{name}.weight", packed),
            self.constant(f"{name}.scale", scale.astype(np.float32).ravel()),
        ]
        return self.add(
            "MatMulNBits",
            [*inputs, "", "", self.constant(f"{name}.bias", bias)],
            name,
            _MICROSOFT,
            K=k,
            N=n,
            bits=8,
            block_size=_BLOCK,
            accuracy_level=4,
        )


def build_lower(
    state: dict[str, NDArray[np.float32]], rows: NDArray[np.float32], blocks: re.Pattern[str] = BLOCKS
) -> onnx.ModelProto:
    """The graph from ``input_ids`` int64 (1, tokens) to ``states`` (1, tokens, 384): embeddings and the first layers.

    Args:
        state: the body's weights by their transformers names.
        rows: the Korean rows, which follow the WordPiece rows.
        blocks: names of the products that are quantised block by block and row by row.
    """
    g = _Graph(state, blocks)
    table = np.concatenate([state["embeddings.word_embeddings.weight"], rows])
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-12) / 127
    g.constant("rows", np.round(table / scale).astype(np.int8))
    g.constant("row_scale", scale.astype(np.float32))
    places = (
        state["embeddings.position_embeddings.weight"][:MAX_TOKENS]
        + state["embeddings.token_type_embeddings.weight"][0]
    )
    g.constant("places", places.astype(np.float32))
    g.constant("zero", np.array([0]))
    g.add("Cast", [g.add("Gather", ["rows", "input_ids"], "embedded.int8")], "embedded.float", to=TensorProto.FLOAT)
    g.add("Mul", ["embedded.float", g.add("Gather", ["row_scale", "input_ids"], "embedded.scale")], "embedded")
    g.add("Shape", ["input_ids"], "shape", start=1, end=2)
    g.add("Slice", ["places", "zero", "shape", "zero"], "places.used")
    g.add("Add", ["embedded", "places.used"], "placed")
    norm = g.norm("embeddings.LayerNorm")
    x = g.add("LayerNormalization", ["placed", *norm], "layer0", axis=-1, epsilon=1e-12)
    g.add("Identity", [g.layers(x, _names(state)[:LOWER_LAYERS])], "states")
    return g.model("annae-minilm-ko-lower", {"input_ids": ["tokens"]}, {"states": ["tokens", DIMENSION]})


def build_upper(state: dict[str, NDArray[np.float32]], blocks: re.Pattern[str] = BLOCKS) -> onnx.ModelProto:
    """The graph from ``states`` (1, tokens, 384) to ``vectors`` (1, 384) of unit length: the other layers and the mean.

    Args:
        state: the body's weights by their transformers names.
        blocks: names of the products that are quantised block by block and row by row.
    """
    g = _Graph(state, blocks)
    x = g.layers("states", _names(state)[LOWER_LAYERS:])
    g.add("ReduceMean", [x], "pooled", axes=[1], keepdims=0)
    g.add("LpNormalization", ["pooled"], "vectors", axis=-1, p=2)
    return g.model("annae-minilm-ko-upper", {"states": ["tokens", DIMENSION]}, {"vectors": [DIMENSION]})


def build_cross_encoder(state: Mapping[str, NDArray[np.float32]], blocks: re.Pattern[str] = BLOCKS) -> onnx.ModelProto:
    """The graph from the ``states`` of a ``question`` and a ``clause``, each (1, tokens, 384), to ``log_odds`` (1, 1).

    Args:
        state: the weights of ``training.cross_encoder.CrossEncoder`` by their names.
        blocks: names of the products that are quantised block by block and row by row.
    """
    g = _Graph(state, blocks)
    for number, part in enumerate(("question", "clause")):
        g.add("Add", [part, g.constant(f"{part}.part", state["part"][number])], f"{part}.marked")
    x = g.layers(g.add("Concat", ["question.marked", "clause.marked"], "pair", axis=1), _names(state))
    g.constant("zero", np.array([0]))
    g.constant("one", np.array([1]))
    g.constant("last", np.array([np.iinfo(np.int64).max]))
    g.add("Shape", ["question"], "border", start=1, end=2)
    for part, start, end in (("question", "zero", "border"), ("clause", "border", "last")):
        g.add("Slice", [x, start, end, "one"], f"{part}.read")
        g.add("ReduceMean", [f"{part}.read"], f"{part}.mean", axes=[1], keepdims=0)
        g.add("LpNormalization", [f"{part}.mean"], f"{part}.unit", axis=-1, p=2)
    g.add("Mul", ["question.unit", "clause.unit"], "both")
    g.add("Squeeze", [g.add("Gather", [x, "zero"], "first.kept", axis=1), "one"], "first.read")
    g.add("Concat", ["first.read", "both", "clause.mean"], "told", axis=-1)
    weight = state["head.weight"][ODDS].copy()
    weight[DIMENSION : 2 * DIMENSION] *= BOTH_SCALE
    g.add("MatMul", ["told", g.constant("head.weight", weight[:, None])], "weighed")
    g.add("Add", ["weighed", g.constant("head.bias", state["head.bias"][ODDS : ODDS + 1])], "log_odds")
    return g.model(
        "annae-cross-encoder",
        {"question": ["asked", DIMENSION], "clause": ["tokens", DIMENSION]},
        {"log_odds": [1]},
    )


def export(model: Student, tokenizer: KiwiTokenizer, folder: Path, blocks: re.Pattern[str] = BLOCKS) -> None:
    """Write graphs, tokenizer, vocabulary and the files that sentence-transformers reads into ``folder``."""
    body = {name: value.detach().float().numpy() for name, value in model.body.state_dict().items()}
    rows = model.rows.detach().float().numpy()
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(build_lower(body, rows, blocks), str(folder / "lower.onnx"))
    onnx.save(build_upper(body, blocks), str(folder / "upper.onnx"))
    if tokenizer._folder != folder:
        for name in ("tokenizer.json", "korean.txt"):
            shutil.copy(tokenizer._folder / name, folder / name)
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "assistant.index.sentence_transformer_module.KiwiTransformer"}
    ]
    _write_json(folder / "modules.json", modules)
    _write_json(
        folder / "config_sentence_transformers.json",
        {
            "model_type": "SentenceTransformer",
            "prompts": {},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
    )
    _write_json(folder / "kiwi_transformer.json", {"dimension": DIMENSION, "max_tokens": MAX_TOKENS})


def _names(state: Mapping[str, object]) -> list[str]:
    """What the names of each layer's weights begin with, first layer first."""
    found = {match[0]: int(match[1]) for match in map(_LAYER.match, state) if match}
    return sorted(found, key=lambda name: found[name])


def _type(name: str) -> int:
    return int(TensorProto.INT64 if name == "input_ids" else TensorProto.FLOAT)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
