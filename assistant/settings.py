"""Configuration, read once at start and passed on as plain values.

Values come from ``ANNAE_…`` variables, then from the TOML file named by ``ANNAE_CONFIG`` (default ``annae.toml`` if it exists), then from
the defaults below. An unknown key in the file or an unknown ``ANNAE_`` variable is refused by name. Nothing else in the package reads the
environment or the clock. ``docs/settings.md`` lists them all.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.errors import ConfigurationError

_PREFIX = "ANNAE_"
_CONFIG_VARIABLE = "ANNAE_CONFIG"
_DEFAULT_CONFIG = "annae.toml"
# Strict, because it ends up in a response header.
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]{1,5})?")
_MAY_BE_SECRET = frozenset({"database_url", "llm_api_key", "llm_base_url", "oidc_client_secret", "oidc_issuer"})


class Settings(BaseSettings):
    """Everything that can be set. Each field is also the variable ``ANNAE_`` + its name in capitals."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_ignore_empty=True, extra="forbid", frozen=True)

    data_dir: Path = Path("data")
    """Folder for everything that is stored."""
    database_url: str | None = None
    """SQLAlchemy URL of the SQL store; a SQLite file in the data folder if unset."""
    timezone: str = "Asia/Seoul"
    """Whose date is today."""

    embedder: str | None = None
    """A sentence-transformers model by hub name or folder; the bundled one if unset."""
    chunk_chars: Annotated[int, Field(ge=100, le=4000)] = 400
    """Most characters of Korean text in a chunk; English text may have twice as many."""
    max_file_mb: Annotated[int, Field(gt=0, le=2000)] = 50
    """Larger files are not read."""
    parse_processes: Annotated[int, Field(ge=0, le=64)] | None = None
    """How many processes read files at once; one for each processor if unset. 0 reads them in the main process, unprotected."""
    parse_timeout_seconds: Annotated[float, Field(gt=0, le=3600)] = 120
    """Longest time for reading one file, or one part of an archive; each page that OCR reads has as much again."""
    parse_memory_mb: Annotated[int, Field(ge=50, le=64_000)] = 1500
    """Most memory that reading one file may take."""

    fusion: Literal["weighted", "rrf"] = "weighted"
    """How the lexical and the dense ranking are put together."""
    lexical_weight: Annotated[float, Field(ge=0, le=1)] = 0.9
    """Share of the lexical score in the fused score of a chunk in the question's language."""
    foreign_lexical_weight: Annotated[float, Field(ge=0, le=1)] = 0.55
    """The same for a chunk in the other language."""
    candidates_per_leg: Annotated[int, Field(gt=0, le=1000)] = 30
    """How many chunks each leg contributes before fusion."""
    reranker: str | None = None
    """A cross-encoder by hub name or folder that orders the best chunks once more; none if unset."""
    rerank_candidates: Annotated[int, Field(gt=0, le=200)] = 20
    """How many of the best chunks the reranker reads."""
    answer_chunks: Annotated[int, Field(gt=0, le=50)] = 8
    """How many retrieved chunks an answer is made from."""
    min_evidence: Annotated[float, Field(ge=0, le=1)] = 0.25
    """Least share of what a question tells that the answering passage must say; below it the documents don't answer."""

    llm_model: str | None = None
    """Name of the language model that writes answers; none, and the extractive composer writes them, if unset."""
    llm_provider: str = "openai"
    """LangChain's name of the model's provider; openai also stands for every server that speaks its protocol."""
    llm_base_url: str | None = None
    """Address of the model's server, such as http://localhost:11434/v1; the provider's own if unset."""
    llm_api_key: SecretStr | None = None
    """Key for the model's server. Never shown."""
    llm_timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 15
    """Longest time for an answer of the model, retries included; keep it below request_timeout_seconds."""
    llm_max_retries: Annotated[int, Field(ge=0, le=10)] = 2
    """How often a failed call is tried again."""
    llm_max_tokens: Annotated[int, Field(ge=50, le=100_000)] = 1000
    """Longest answer of the model, in tokens."""
    llm_input_price: Annotated[float, Field(ge=0)] = 0
    """Price of a million input tokens, for the cost that is counted."""
    llm_output_price: Annotated[float, Field(ge=0)] = 0
    """Price of a million output tokens."""
    llm_record_calls: Annotated[int, Field(ge=0, le=100)] = 8
    """How many passages of a document the model is asked for events, programs, tenders and tasks at ingest; 0 leaves it to rules."""
    llm_record_seconds: Annotated[float, Field(gt=0, le=3600)] = 60
    """Longest time that the model is asked about one document at ingest."""

    max_request_kb: Annotated[int, Field(gt=0)] = 64
    """Largest body of a request, in KiB."""
    max_question_chars: Annotated[int, Field(gt=0)] = 2000
    """Longest question."""
    request_timeout_seconds: Annotated[float, Field(gt=0)] = 20
    """A request that takes longer is ended with an error."""
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ()
    """Other sites whose pages may carry the widget, such as https://www.example.org; in a variable separated by commas."""

    desk_idle_minutes: Annotated[int, Field(ge=1, le=1440)] = 60
    """An officer's session ends after this long without a request."""
    desk_session_hours: Annotated[int, Field(ge=1, le=168)] = 12
    """An officer's session ends after this long in any case."""
    max_upload_mb: Annotated[int, Field(gt=0, le=4000)] = 200
    """Most that one upload of documents may hold, all files together."""
    insight_retention_days: Annotated[int, Field(ge=0, le=3650)] = 180
    """How long masked questions are kept for insight; 0 keeps none."""
    conversation_retention_days: Annotated[int, Field(ge=1, le=3650)] = 180
    """How long a conversation is remembered after its last message."""
    inquiry_retention_days: Annotated[int, Field(ge=1, le=3650)] = 1095
    """How long an inquiry is kept after it was answered or returned."""
    oidc_issuer: str | None = None
    """Address of an OpenID Connect provider by which officers sign in; none if unset."""
    oidc_client_id: str | None = None
    """What the provider knows the desk by."""
    oidc_client_secret: SecretStr | None = None
    """The desk's secret at the provider. Never shown."""
    public_url: str | None = None
    """Address under which people reach the service, such as https://ask.example.org; the request's own if unset."""

    @field_validator("cors_origins", mode="before")
    @classmethod
    def _split_origins(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("cors_origins")
    @classmethod
    def _plain_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError("an origin is http:// or https://, a host and perhaps a port, and nothing after it")
        return value

    @field_validator("llm_base_url", "oidc_issuer", "public_url")
    @classmethod
    def _plain_address(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("not an address that begins with http:// or https://")
        if parts.username or parts.password:
            raise ValueError("an address with a password in it is not accepted; use the API key")
        return value

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        # Opening the one is much quicker than listing all there are, and settings are read at every start.
        try:
            ZoneInfo(value)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("not a time zone of the IANA database, such as Asia/Seoul") from error
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments first, then variables, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, _config_file())

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL in effect."""
        return self.database_url or f"sqlite:///{self.data_dir / 'annae.sqlite3'}"

    def today(self) -> date:
        """Today in the configured time zone: with ``now`` the only place where the clock is read."""
        return datetime.now(ZoneInfo(self.timezone)).date()

    def now(self) -> datetime:
        """This moment in UTC, for sessions and logs; no answer depends on it."""
        return datetime.now(UTC)


def load_settings(**overrides: Any) -> Settings:
    """Read the settings; ``overrides`` that are ``None`` are ignored.

    Raises:
        ConfigurationError: a value is out of range, or a key or variable is unknown; the message names it.
    """
    _refuse_unknown_variables()
    file = _config_file()
    if os.environ.get(_CONFIG_VARIABLE) and not file.exists():
        raise ConfigurationError(f"{_CONFIG_VARIABLE}={file}", "there is no such file", "Correct the path, or unset it")
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(str(file), f"it is not a TOML file ({error})", "Correct it") from error
    except OSError as error:
        raise ConfigurationError(str(file), f"it cannot be read ({error.strerror})", "Check the path") from error
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        if name not in Settings.model_fields:
            raise ConfigurationError(f"{name} in {file}", "there is no such setting", _nearest(name)) from error
        problem = first["msg"].removeprefix("Value error, ")
        # A key or an address may hold a secret, and messages end up in logs.
        shown = "" if name in _MAY_BE_SECRET else f" (it is {first['input']!r})"
        raise ConfigurationError(
            f"{_PREFIX}{name.upper()}", f"{problem}{shown}", "See docs/settings.md for what it may be"
        ) from error


def _config_file() -> Path:
    return Path(os.environ.get(_CONFIG_VARIABLE) or _DEFAULT_CONFIG)


def _refuse_unknown_variables() -> None:
    """A misspelt variable is an error, not a default."""
    known = {_CONFIG_VARIABLE, *(_PREFIX + name.upper() for name in Settings.model_fields)}
    for variable in sorted(os.environ):
        if variable.upper().startswith(_PREFIX) and variable.upper() not in known:
            hint = _nearest(variable[len(_PREFIX) :], prefix=_PREFIX)
            raise ConfigurationError(variable, "there is no such setting", hint)


def _nearest(name: str, prefix: str = "") -> str:
    near = difflib.get_close_matches(name.lower(), Settings.model_fields, n=1)
    meant = f"Did you mean {prefix}{near[0].upper() if prefix else near[0]}? " if near else ""
    return f"{meant}docs/settings.md lists all settings"
