"""What signs: keys and secrets read from the environment, or from the files that it names. None is ever repeated."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.errors import Refused
from knowledge.model.typography import french

MAKE = "Pour en faire : openssl rand -hex 32"
_SHORTEST_KEY = 32
_FEWEST = 8


def read_keys(environment: Mapping[str, str]) -> tuple[bytes, ...]:
    """
    Read MOTUS_KEYS: the first key signs, every key is accepted.

    Raises:
        Refused: there is none, or one is short or can be guessed.

    """
    keys = tuple(k.encode() for k in read_secret(environment, "MOTUS_KEYS", "une clé de 32 signes ou plus").split())
    if not keys or min(map(len, keys)) < _SHORTEST_KEY:
        said = "MOTUS_KEYS : chaque clé a 32 signes ou plus, séparées par des espaces ; la première signe"
        raise Refused(french(f"{said}. {MAKE}"))
    if any(map(guessed, keys)):
        raise Refused(french(f"MOTUS_KEYS : une clé se devine (peu de signes différents, ou un motif répété). {MAKE}"))
    return keys


def guessed(secret: bytes) -> bool:
    """
    Tell whether a secret was typed rather than drawn: few different signs, or the same words again and again.

    >>> guessed(b"k" * 32), guessed(b"motdepasse" * 4), guessed(b"9f3a22b177c05d1e44aa0b9c31d75e68")
    (True, True, False)
    """
    return len(set(secret)) < _FEWEST or secret in (secret + secret)[1:-1]


def read_secret(environment: Mapping[str, str], name: str, what: str) -> str:
    """
    Read a secret in the variable `name`, or in the file that `name`_FILE names; `what` says what it is.

    Raises:
        Refused: it is nowhere, or its file cannot be read.

    """
    path = environment.get(f"{name}_FILE")
    if path is None:
        found = environment.get(name, "").strip()
    else:
        try:
            found = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise Refused(french(f"{name}_FILE : le fichier « {path} » ne se lit pas")) from None
    if not found:
        raise Refused(french(f"il manque {name} ({what}) : donnez-le dans {name}, ou dans un fichier par {name}_FILE"))
    return found
