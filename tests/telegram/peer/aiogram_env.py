"""The environment where aiogram lives: apart, since it needs an older pydantic."""

from __future__ import annotations

import asyncio
from pathlib import Path

ROOT = Path(__file__).parents[3]
PYTHON = ROOT / ".venv-aiogram" / "bin" / "python"
SCRIPT = ROOT / "tests" / "telegram" / "aiogram_schema.py"


async def run(*given: str) -> tuple[int, list[str]]:
    """Run the script of aiogram; give its exit code and its lines."""
    assert PYTHON.exists(), "the environment of aiogram is missing: run `make .venv-aiogram/ready`"
    process = await asyncio.create_subprocess_exec(
        PYTHON, SCRIPT, *given, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode().splitlines()
