"""Credentials that an operator keeps in a Prefect block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from prefect.blocks.core import Block
from prefect.blocks.system import Secret
from pydantic import SecretStr

from flows.errors import ConfigurationError


def credentials_of(block: str) -> Mapping[str, str]:
    """The options in the block ``type/name`` (or the Secret ``name``, which holds a JSON object), secrets revealed.

    Raises ConfigurationError where there is no such block, or it holds no options.
    """
    try:
        loaded = cast(Block, Block.load(block) if "/" in block else Secret.load(block))
    except ValueError as error:
        raise ConfigurationError(
            "No such block", f"{block}: {error}", "Make it in Prefect's UI, under Blocks"
        ) from None
    values = loaded.get() if isinstance(loaded, Secret) else loaded.model_dump()
    if not isinstance(values, Mapping):
        raise ConfigurationError("The block holds no options", block, 'Keep a JSON object such as {"key": "…"} in it')
    return {str(k): _revealed(v) for k, v in values.items() if not str(k).startswith("_") and v is not None}


def _revealed(value: object) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
