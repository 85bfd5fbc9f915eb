"""The chain against a server that is not ours: ``transformers serve`` with a tiny random Llama made on the spot.

Its model talks nonsense, so this says nothing about answers; it says that requests, streams and usage figures of a real
OpenAI-compatible server go through, and that nonsense never becomes a claim.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from llm_parts import FirstLineComposer, asked, assert_proven, hits

from assistant.generation.grounding.grounder import ClaimGrounder
from assistant.generation.llm.chat_model import open_chat_model
from assistant.generation.llm.composer import LlmComposer, Patience
from assistant.generation.verification import Verifier
from assistant.text.lexicon import Lexicon
from assistant.text.termbase import Termbase
from assistant.types import Language

_START_SECONDS = 180
_SERVING = ("transformers", "accelerate", "rich", "openai")

pytestmark = [
    pytest.mark.slow_model,
    pytest.mark.skipif(
        any(importlib.util.find_spec(name) is None for name in _SERVING),
        reason="the extra transformers[serving] is not installed",
    ),
]

_MAKE_MODEL = """
import sys
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

vocabulary = {symbol: number for number, symbol in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))}
core = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
core.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
core.decoder = decoders.ByteLevel()
tokenizer = PreTrainedTokenizerFast(tokenizer_object=core, bos_token="<s>", eos_token="</s>", pad_token="<pad>")
tokenizer.chat_template = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\\n{% endfor %}assistant:"
tokenizer.save_pretrained(sys.argv[1])
special = {name: tokenizer.convert_tokens_to_ids(token) for name, token in
           {"bos_token_id": "<s>", "eos_token_id": "</s>", "pad_token_id": "<pad>"}.items()}
LlamaForCausalLM(LlamaConfig(
    vocab_size=len(tokenizer), hidden_size=32, intermediate_size=64, num_hidden_layers=1, num_attention_heads=2,
    num_key_value_heads=2, max_position_embeddings=8192, **special,
)).save_pretrained(sys.argv[1])
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The server's address and the model's name."""
    command = shutil.which(
        "transformers", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    )
    if command is None:
        pytest.skip("the command transformers is not installed")
    folder, home = tmp_path_factory.mktemp("model"), tmp_path_factory.mktemp("home")
    (home / "hub").mkdir()
    environment = os.environ | {"HF_HOME": str(home), "HF_HUB_OFFLINE": "1"}
    subprocess.run([sys.executable, "-c", _MAKE_MODEL, str(folder)], check=True, env=environment, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    arguments = [command, "serve", str(folder), "--host", "127.0.0.1", "--port", str(port), "--device", "cpu"]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(arguments, env=environment, stdout=log, stderr=log)
        try:
            _wait(f"http://127.0.0.1:{port}/health", process)
            yield f"http://127.0.0.1:{port}/v1", str(folder)
        finally:
            process.terminate()
            process.wait(timeout=30)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail("the server does not come up")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("structured", [True, False])
def test_nonsense_of_a_real_server_never_becomes_a_claim(
    served: tuple[str, str], language: Language, structured: bool
) -> None:
    base_url, name = served
    composer = LlmComposer(
        open_chat_model(name, base_url=base_url, timeout_seconds=60, max_tokens=50),
        FirstLineComposer(),
        Verifier(),
        ClaimGrounder(Termbase.load(), Lexicon()),
        patience=Patience(timeout_seconds=60, max_retries=0),
        structured=structured,
    )
    sources = hits(language)
    draft = composer.compose(*asked(language), sources)
    assert_proven(draft, sources)
    assert draft.mode == "extractive"
    assert [notice.kind for notice in draft.notices] == ["llm_fallback"]
    assert composer.usage.calls == 1


def test_a_real_server_streams_and_counts_tokens(served: tuple[str, str]) -> None:
    base_url, name = served
    model = open_chat_model(name, base_url=base_url, timeout_seconds=60, max_tokens=60)
    chunks = list(model.stream("?"))
    assert len(chunks) >= 3
    counted = [chunk.usage_metadata for chunk in chunks if chunk.usage_metadata]
    assert counted[-1]["output_tokens"] == 60
