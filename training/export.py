"""Write the trained model as one int8 graph for onnxruntime, with pooling and normalisation inside.

Weights are 8-bit in blocks of 128 with a scale each, activations are quantised row by row at run time, so a text's vector
does not depend on its neighbours in the batch. The embedding rows are 8-bit with a scale each.
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from assistant.index.kiwi_transformer import DIMENSION, MAX_TOKENS, KiwiTokenizer

if TYPE_CHECKING:
    from training.train import Student

_BLOCK = 128
_HEADS = 12
_MICROSOFT = "com.microsoft"
# The products whose inputs have outliers: they are quantised finely, the others fast.
BLOCKS = re.compile(r"layer\.\d\.output\.dense")


class _Graph:
    """Collects nodes and constants."""

    def __init__(self, blocks: re.Pattern[str]) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._blocks = blocks

    def constant(self, name: str, value: NDArray[np.generic]) -> str:
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def add(self, op: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(op, inputs, [output], name=output, domain=domain, **attributes))
        return output

    def linear(self, name: str, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """``x @ weight.T + bias`` in 8 bits; ``weight`` is (out, in)."""
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


def build(
    state: dict[str, NDArray[np.float32]], rows: NDArray[np.float32], blocks: re.Pattern[str] = BLOCKS
) -> onnx.ModelProto:
    """The graph: ``input_ids`` int64 and ``attention_mask`` float32, both (n, tokens), to ``vectors`` (n, 384) of unit length.

    Args:
        state: the body's weights by their transformers names.
        rows: the Korean rows, which follow the WordPiece rows.
        blocks: names of the products that are quantised block by block and row by row.
    """
    g = _Graph(blocks)
    table = np.concatenate([state["embeddings.word_embeddings.weight"], rows])
    scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-12) / 127
    g.constant("rows", np.round(table / scale).astype(np.int8))
    g.constant("row_scale", scale.astype(np.float32))
    places = (
        state["embeddings.position_embeddings.weight"][:MAX_TOKENS]
        + state["embeddings.token_type_embeddings.weight"][0]
    )
    g.constant("places", places.astype(np.float32))
    for name, value in (("zero", [0]), ("one", [1]), ("two", [2]), ("last", [-1])):
        g.constant(name, np.array(value, dtype=np.int64))
    g.add("Cast", [g.add("Gather", ["rows", "input_ids"], "embedded.int8")], "embedded.float", to=TensorProto.FLOAT)
    g.add("Mul", ["embedded.float", g.add("Gather", ["row_scale", "input_ids"], "embedded.scale")], "embedded")
    g.add("Shape", ["input_ids"], "shape", start=1, end=2)
    g.add("Slice", ["places", "zero", "shape", "zero"], "places.used")
    g.add("Add", ["embedded", "places.used"], "placed")

    def norm(name: str) -> list[str]:
        return [g.constant(f"{name}.gamma", state[f"{name}.weight"]), g.constant(f"{name}.beta", state[f"{name}.bias"])]

    x = g.add("LayerNormalization", ["placed", *norm("embeddings.LayerNorm")], "layer0", axis=-1, epsilon=1e-12)
    g.add("Cast", ["attention_mask"], "mask.int", to=TensorProto.INT32)
    n_layers = 1 + max(int(name.split(".")[2]) for name in state if name.startswith("encoder.layer."))
    for n in range(n_layers):
        prefix = f"encoder.layer.{n}."

        def part(name: str, x: str, prefix: str = prefix) -> str:
            return g.linear(prefix + name, x, state[f"{prefix}{name}.weight"], state[f"{prefix}{name}.bias"])

        q, k, v = (part(f"attention.self.{name}", x) for name in ("query", "key", "value"))
        mixed = g.add("MultiHeadAttention", [q, k, v, "", "mask.int"], prefix + "mixed", _MICROSOFT, num_heads=_HEADS)
        y = part("attention.output.dense", mixed)
        x = g.add(
            "SkipLayerNormalization",
            [y, x, *norm(prefix + "attention.output.LayerNorm")],
            prefix + "attended",
            _MICROSOFT,
            epsilon=1e-12,
        )
        wide = g.add("Gelu", [part("intermediate.dense", x)], prefix + "wide", _MICROSOFT)
        y = part("output.dense", wide)
        x = g.add(
            "SkipLayerNormalization",
            [y, x, *norm(prefix + "output.LayerNorm")],
            prefix + "out",
            _MICROSOFT,
            epsilon=1e-12,
        )
    g.add("Unsqueeze", ["attention_mask", "two"], "mask.wide")
    g.add("ReduceSum", [g.add("Mul", [x, "mask.wide"], "masked"), "one"], "summed", keepdims=0)
    g.add("Div", ["summed", g.add("ReduceSum", ["attention_mask", "one"], "lengths", keepdims=1)], "pooled")
    g.add("LpNormalization", ["pooled"], "vectors", axis=-1, p=2)
    graph = helper.make_graph(
        g.nodes,
        "annae-minilm-ko",
        [
            helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["n", "tokens"]),
            helper.make_tensor_value_info("attention_mask", TensorProto.FLOAT, ["n", "tokens"]),
        ],
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", DIMENSION])],
        g.constants,
    )
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_MICROSOFT, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8, producer_name="annae")


def export(model: Student, tokenizer: KiwiTokenizer, folder: Path, blocks: re.Pattern[str] = BLOCKS) -> None:
    """Write graph, tokenizer, vocabulary and the files that sentence-transformers reads into ``folder``."""
    body = {name: value.detach().float().numpy() for name, value in model.body.state_dict().items()}
    rows = model.rows.detach().float().numpy()
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(build(body, rows, blocks), str(folder / "model.onnx"))
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


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
