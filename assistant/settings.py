"""Configuration, read once at start and passed on as plain values.

Values come from ``ANNAE_…`` variables, then from the TOML file named by ``ANNAE_CONFIG`` (default ``annae.toml`` if it exists), then from
the defaults below. An unknown key in the file is refused. Nothing else in the package reads the environment or the clock.
"""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.errors import ConfigurationError


class Settings(BaseSettings):
    """Everything that can be set. Each field is also the variable ``ANNAE_`` + its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="ANNAE_", extra="forbid", frozen=True)

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

    fusion: Literal["weighted", "rrf"] = "weighted"
    """How the lexical and the dense ranking are put together."""
    lexical_weight: Annotated[float, Field(ge=0, le=1)] = 0.7
    """Share of the lexical score in the fused score."""
    candidates_per_leg: Annotated[int, Field(gt=0, le=1000)] = 50
    """How many chunks each leg contributes before fusion."""
    answer_chunks: Annotated[int, Field(gt=0, le=50)] = 8
    """How many retrieved chunks an answer is made from."""
    min_answer_score: Annotated[float, Field(ge=0, le=1)] = 0.3
    """Below this score the best clause is no evidence."""

    max_request_kb: Annotated[int, Field(gt=0)] = 64
    """Largest body of a request, in KiB."""
    max_question_chars: Annotated[int, Field(gt=0)] = 2000
    """Longest question."""
    request_timeout_seconds: Annotated[float, Field(gt=0)] = 20
    """A request that takes longer is ended with an error."""

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, value: str) -> str:
        if value not in available_timezones():
            raise ValueError("not a time zone of the IANA database, such as Asia/Seoul")
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
        file = Path(os.environ.get("ANNAE_CONFIG", "annae.toml"))
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, file)

    @property
    def store_url(self) -> str:
        """The SQLAlchemy URL in effect."""
        return self.database_url or f"sqlite:///{self.data_dir / 'annae.sqlite3'}"

    def today(self) -> date:
        """Today in the configured time zone: the only place where the clock is read."""
        return datetime.now(ZoneInfo(self.timezone)).date()


def load_settings(**overrides: Any) -> Settings:
    """Read the settings; ``overrides`` that are ``None`` are ignored.

    Raises:
        ConfigurationError: a value is out of range or a key is unknown; the message names it.
    """
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = "ANNAE_" + "_".join(str(part) for part in first["loc"]).upper()
        raise ConfigurationError(name, first["msg"], "See docs/settings.md for what it may be") from error
