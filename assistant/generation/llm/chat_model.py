"""The one door to language models: opens any that LangChain reaches, and names what went wrong without giving secrets away."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from assistant.errors import ConfigurationError, GenerationError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_INSTALL = "Install it with: pip install 'annae[llm]'"
_RETRYABLE_STATUS = frozenset({408, 409, 425, 429})


def open_chat_model(
    model: str,
    *,
    provider: str = "openai",
    base_url: str | None = None,
    api_key: SecretStr | None = None,
    timeout_seconds: float = 15.0,
    max_tokens: int = 1000,
) -> BaseChatModel:
    """A LangChain chat model. Retries are left to the caller, and the temperature is 0 where the model takes one.

    Args:
        model: the model's name as its server knows it.
        provider: LangChain's name for the integration: ``openai`` (and any server that speaks its protocol), ``anthropic``, ``ollama`` …
        base_url: the server's address for providers that take one.
        api_key: handed to the integration and never shown.
        timeout_seconds: longest silence of the server.
        max_tokens: longest answer.

    Raises:
        ConfigurationError: a package is missing, or the provider does not take these settings.
    """
    if importlib.util.find_spec("langchain") is None:
        raise ConfigurationError("ANNAE_LLM_MODEL", "the package langchain is not installed", _INSTALL)
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"temperature": 0, "max_tokens": max_tokens, "timeout": timeout_seconds, "max_retries": 0}
    if base_url:
        options["base_url"] = base_url
    if provider == "openai":
        if api_key is None and base_url is None:
            remedy = "Set it, or set ANNAE_LLM_BASE_URL to a server that needs no key"
            raise ConfigurationError("ANNAE_LLM_API_KEY", "the provider openai needs a key", remedy)
        # A local server takes any key; without one the integration would look into the environment.
        options |= {"stream_usage": True, "api_key": api_key or SecretStr("not-needed")}
    elif api_key is not None:
        options["api_key"] = api_key
    if provider == "ollama":
        options = {"temperature": 0, "num_predict": max_tokens, "client_kwargs": {"timeout": timeout_seconds}}
        options |= {"base_url": base_url} if base_url else {}
    problem: str
    try:
        opened: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
        return opened
    except ImportError as error:
        problem, remedy = f"a package for the provider {provider} is not installed", _missing(provider, error)
    except Exception as error:
        # The text of a provider's own error may hold the key.
        problem = f"the provider {provider} does not accept these settings ({type(error).__name__})"
        remedy = "Check ANNAE_LLM_PROVIDER, ANNAE_LLM_BASE_URL and ANNAE_LLM_API_KEY; docs/llm.md has examples"
    raise ConfigurationError("ANNAE_LLM_MODEL", problem, remedy)


def _missing(provider: str, error: ImportError) -> str:
    if provider == "openai":
        return _INSTALL
    package = (error.name or f"langchain-{provider}").split(".")[0].replace("_", "-")
    return f"Install it with: pip install {package}"


def generation_error(error: Exception) -> GenerationError:
    """A library's error in our own words: its class and HTTP status, but never its text, which may repeat the key or the question."""
    if isinstance(error, GenerationError):
        return error
    name = type(error).__name__
    status = getattr(error, "status_code", None)
    if name == "LengthFinishReasonError":
        # openai's own word for an answer that its token limit cut off; the next one would be too.
        retryable, problem = False, "its answer was cut off"
    elif isinstance(status, int):
        retryable = status in _RETRYABLE_STATUS or status >= 500
        problem = f"its server answered with status {status}"
    else:
        retryable = any(
            word in name for word in ("Timeout", "Connect", "Protocol", "ReadError", "APIError", "JSONDecode")
        )
        problem = f"the call failed ({name})"
    return GenerationError(
        "the language model", problem, "Check the model's server and the ANNAE_LLM settings", retryable=retryable
    )


def refuses_format(error: Exception) -> bool:
    """Whether the server may have refused the request because of its response format."""
    return isinstance(error, NotImplementedError) or getattr(error, "status_code", None) in (400, 404, 415, 422, 501)
