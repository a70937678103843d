"""The settings of the language model: environment, then ``.env``, then a TOML file, then defaults.

The one place that imports pydantic-settings.

>>> # MYELOMA_LLM=openai:qwen-plus MYELOMA_LLM_BASE_URL=https://… MYELOMA_LLM_API_KEY=… myeloma config
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from assistant.language_model.configured import DOTENV, FILE, config_file
from assistant.language_model.problems import SettingsProblem

_PREFIX = "MYELOMA_"


class Settings(BaseSettings):
    """Each field is the variable ``MYELOMA_…`` in capitals, and the same key in the TOML file."""

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_file=DOTENV, env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True
    )

    llm: str = Field(
        default="", description='"provider:model", such as "openai:gpt-5-mini" or "ollama:qwen3:8b"'
    )
    llm_base_url: str = Field(
        default="", description="address of the endpoint, where it is not the provider's own"
    )
    llm_api_key: SecretStr = Field(
        default=SecretStr(""), description="key; else the provider's own variable counts"
    )
    llm_deadline: float = Field(
        default=60.0, gt=0, le=600, description="seconds for one answer, all calls together"
    )
    llm_timeout: float = Field(default=30.0, gt=0, le=600, description="seconds of silence before giving up")
    llm_retries: int = Field(
        default=2, ge=0, le=10, description="retries of a call that was refused or not reached"
    )
    llm_concurrency: int = Field(default=4, ge=1, le=256, description="calls at a time; others wait")
    llm_context: int = Field(default=8192, ge=2048, description="tokens of prompt and answer together")
    llm_answer_tokens: int = Field(default=1200, ge=64, description="tokens of an answer, at most")
    llm_repair: bool = Field(default=True, description="ask once more for sentences that did not stand")
    llm_condense: bool = Field(default=True, description="let the model word follow-up questions")
    llm_wording: Literal["close", "free"] = Field(
        default="close", description="free: also show verified sentences far from the passage's wording"
    )
    llm_tools: bool = Field(default=True, description="let the model call the clinical calculations")
    llm_options: dict[str, Any] = Field(default={}, description="JSON: further arguments of init_chat_model")
    llm_tracing: Literal["off", "langsmith", "opentelemetry"] = Field(
        default="off", description="where calls are reported; nowhere unless set here"
    )

    @field_validator("llm_base_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("an address begins with http:// or https://")
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
        """Read the TOML file last."""
        return init_settings, *(source for _, source in _sources(settings_cls))


@dataclass(frozen=True, slots=True)
class Shown:
    """A setting as ``myeloma config`` prints it; secrets are masked, ``origin`` says where it is from."""

    name: str
    value: str
    origin: str
    says: str


def read_settings() -> Settings:
    """The settings.

    Raises:
        SettingsProblem: one of them cannot be used.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = f"{_PREFIX}{'_'.join(str(part) for part in first['loc'][:1])}".upper()
        given = "" if "key" in name.lower() else f" {first['input']!r}"
        says = first["msg"].removeprefix("Value error, ")
        raise SettingsProblem(f"{name}{given}: {says}; set another value") from None
    except ValueError as error:  # a TOML file or a JSON value that cannot be read
        raise SettingsProblem(f"the settings cannot be read: {error}; correct {config_file()}") from None


def shown_settings() -> list[Shown]:
    """Every setting with its value and origin.

    Raises:
        SettingsProblem: one of them cannot be used.
    """
    settings = read_settings()
    given = [(origin, source()) for origin, source in _sources(Settings)]
    rows = []
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            shown = "********" if value.get_secret_value() else ""
        else:
            shown = _masked(value)
        origin = next((where for where, values in given if name in values), "default")
        rows.append(Shown(f"{_PREFIX}{name}".upper(), shown, origin, field.description or ""))
    return rows


def _masked(value: object) -> str:
    """A value as text: what its key calls a secret, and a password inside an address, are masked."""
    if isinstance(value, dict):
        secret = ("key", "token", "secret", "password", "authorization")
        shown = {
            k: "********" if any(s in k.lower() for s in secret) else _masked(v) for k, v in value.items()
        }
        return str(shown) if shown else ""
    text = str(value)
    scheme, slashes, rest = text.partition("://")
    if slashes and "@" in rest.split("/", 1)[0]:
        return f"{scheme}://********@{rest.split('@', 1)[1]}"
    return text


def _sources(settings_cls: type[BaseSettings]) -> list[tuple[str, PydanticBaseSettingsSource]]:
    """Where settings come from, the strongest first."""
    path = config_file()
    if os.environ.get(FILE) and not path.is_file():
        raise SettingsProblem(f"{FILE}={path}: no such file; name a TOML file, or unset it")
    known = [f"{_PREFIX}{name}".upper() for name in settings_cls.model_fields]
    mistyped = [name for name in os.environ if name.startswith(f"{_PREFIX}LLM_") and name not in known]
    if mistyped:
        raise SettingsProblem(f"{mistyped[0]}: unknown setting; there are {', '.join(known)}")
    toml = TomlConfigSettingsSource(settings_cls, path)
    unknown = [key for key in toml.toml_data if key not in settings_cls.model_fields]
    if unknown:
        names = ", ".join(settings_cls.model_fields)
        raise SettingsProblem(f"{path}: unknown setting {unknown[0]!r}; there are {names}")
    return [
        ("environment", EnvSettingsSource(settings_cls)),
        (DOTENV, DotEnvSettingsSource(settings_cls)),
        (str(path), toml),
    ]
