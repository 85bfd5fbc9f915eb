"""What every test shares: no network, a small real embedder, a data folder of its own."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hashing_embedder import HashingEmbedder
from samples import ENGLISH_OUTLINE, KOREAN_OUTLINE

from assistant.settings import Settings
from assistant.workspace import Workspace

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = "1"
os.environ["ANONYMIZED_TELEMETRY"] = "False"
for _name in [name for name in os.environ if name.startswith("ANNAE_")]:
    del os.environ[_name]
# A developer's annae.toml is no part of a test.
os.environ["ANNAE_CONFIG"] = os.devnull
# A shell starts what runs in the background with Ctrl-C switched off, and the commands that tests start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

hypothesis.settings.register_profile(
    "annae",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("annae")

# --- No network, by force: an audit hook sees every connection that Python opens and cannot be taken off again. ---

_refused: list[str] = []


class NetworkRefusedError(OSError):
    """A test tried to leave the machine."""


def _is_local(host: object) -> bool:
    if host in (None, "", "localhost", socket.gethostname()):
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return name in ("localhost", "ip6-localhost")


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        connection, address = arguments
        if address is None or connection.family not in (socket.AF_INET, socket.AF_INET6) or _is_local(address[0]):
            return
        target = f"{address[0]}:{address[1]}"
    elif event == "socket.getaddrinfo" and not _is_local(arguments[0]):
        target = str(arguments[0])
    else:
        return
    _refused.append(target)
    raise NetworkRefusedError(f"tests have no network: {target}")


sys.addaudithook(_refuse_network)


@pytest.fixture(scope="session")
def refused_connections() -> list[str]:
    """Where the running test tried to connect; a test that expects an attempt clears it."""
    return _refused


@pytest.fixture(autouse=True)
def _no_network() -> Iterator[None]:
    _refused.clear()
    yield
    attempts = list(_refused)
    _refused.clear()
    if attempts:
        pytest.fail(f"the test tried to connect to {', '.join(attempts)}")


# --- Parts ---


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The defaults, with a data folder of the test's own."""
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def workspace(settings: Settings, embedder: HashingEmbedder) -> Iterator[Workspace]:
    """A real store, real indexes and the hashing embedder in a temporary folder."""
    with Workspace(settings, embedder) as opened:
        yield opened


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real documents that are not part of the repository."""
    folder = Path(__file__).parents[1].parent / "shared"
    if not folder.is_dir():
        pytest.skip("the folder ../shared with real documents is not there")
    return folder


@pytest.fixture(scope="session")
def korean_outline() -> str:
    return KOREAN_OUTLINE


@pytest.fixture(scope="session")
def english_outline() -> str:
    return ENGLISH_OUTLINE


@pytest.fixture(scope="session")
def answer_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Invented notices and guides of both languages, with the embedder that users get. Tests only read it."""
    from answer_papers import fill

    with fill(tmp_path_factory.mktemp("papers"), tmp_path_factory.mktemp("data")) as opened:
        yield opened
