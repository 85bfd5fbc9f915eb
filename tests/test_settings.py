"""Settings: where they come from, what is refused and by which name, and that the page about them is complete."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from assistant.errors import ConfigurationError
from assistant.settings import Settings, load_settings

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text("", encoding="utf-8")
    monkeypatch.setenv("ANNAE_CONFIG", str(path))
    return path


def refusal() -> str:
    with pytest.raises(ConfigurationError) as caught:
        load_settings()
    return str(caught.value)


def test_defaults_hold_where_nothing_is_set() -> None:
    settings = load_settings()
    assert settings == Settings()
    assert settings.store_url == "sqlite:///data/annae.sqlite3"


def test_arguments_win_over_variables_and_variables_over_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text("answer_chunks = 3\nmax_file_mb = 7\ndata_dir = 'from-file'\n", encoding="utf-8")
    monkeypatch.setenv("ANNAE_ANSWER_CHUNKS", "5")
    monkeypatch.setenv("ANNAE_DATA_DIR", "from-variable")
    settings = load_settings(data_dir=Path("from-argument"), max_file_mb=None)
    assert settings.max_file_mb == 7
    assert settings.answer_chunks == 5
    assert settings.data_dir == Path("from-argument")


def test_annae_toml_in_the_working_directory_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANNAE_CONFIG")
    monkeypatch.chdir(tmp_path)
    assert load_settings().answer_chunks == 8
    (tmp_path / "annae.toml").write_text("answer_chunks = 4", encoding="utf-8")
    assert load_settings().answer_chunks == 4


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNAE_EMBEDDER", "")
    monkeypatch.setenv("ANNAE_ANSWER_CHUNKS", "")
    assert load_settings() == Settings()


def test_an_unknown_key_in_the_file_is_refused_by_name(file: Path) -> None:
    file.write_text("answer_chnks = 3", encoding="utf-8")
    told = refusal()
    assert "answer_chnks" in told
    assert str(file) in told
    assert "Did you mean answer_chunks" in told


def test_an_unknown_variable_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNAE_DATADIR", "/srv")
    told = refusal()
    assert "ANNAE_DATADIR" in told
    assert "ANNAE_DATA_DIR" in told


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("ANNAE_ANSWER_CHUNKS", "0"),
        ("ANNAE_ANSWER_CHUNKS", "many"),
        ("ANNAE_MIN_EVIDENCE", "1.5"),
        ("ANNAE_LEXICAL_WEIGHT", "-0.1"),
        ("ANNAE_FUSION", "magic"),
        ("ANNAE_TIMEZONE", "Seoul"),
        ("ANNAE_CHUNK_CHARS", "99"),
        ("ANNAE_REQUEST_TIMEOUT_SECONDS", "0"),
    ],
)
def test_a_value_out_of_range_is_refused_by_name_and_value(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    told = refusal()
    assert variable in told
    assert value in told


def test_a_secret_is_told_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNAE_LLM_API_KEY", "key-12345")
    assert "key-12345" not in repr(load_settings())
    monkeypatch.setenv("ANNAE_LLM_BASE_URL", "http://user:password-9@model.example/v1")
    told = refusal()
    assert "ANNAE_LLM_BASE_URL" in told
    assert "password-9" not in told


def test_a_file_that_is_no_toml_is_refused(file: Path) -> None:
    file.write_text("answer_chunks = = 3", encoding="utf-8")
    assert str(file) in refusal()
    file.write_bytes(b"\xff\xfe\x00")
    assert str(file) in refusal()


def test_a_named_file_that_is_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNAE_CONFIG", str(tmp_path / "gone.toml"))
    assert "gone.toml" in refusal()


@pytest.mark.parametrize("zone", ["Asia/Seoul", "Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_today_is_the_date_in_the_set_time_zone(zone: str) -> None:
    before = datetime.now(ZoneInfo(zone)).date()
    assert before <= Settings(timezone=zone).today() <= datetime.now(ZoneInfo(zone)).date()


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings().answer_chunks = 3


def test_the_page_lists_every_setting_with_its_variable_and_default() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)` \|.*\| (.+) \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name, *_ in rows] == list(Settings.model_fields)
    for name, variable, unit, default in rows:
        assert variable == f"ANNAE_{name.upper()}"
        assert unit
        value = Settings.model_fields[name].default
        assert default == ("unset" if value is None else f"`{value}`")
