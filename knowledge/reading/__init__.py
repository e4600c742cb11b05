"""
Files into values: strict YAML with line numbers, conditions, and what a schema refuses said in French.

Nothing here knows what a norm means; `knowledge.load` puts it together with the checks.
"""

from knowledge.reading.condition_file import ConditionReader
from knowledge.reading.folder import SUFFIX, Folder, read_folder
from knowledge.reading.layout import LAW, misplaced, misshapen
from knowledge.reading.schema import Schema
from knowledge.reading.schema_errors import explain
from knowledge.reading.yaml_file import LARGEST, TOO_LONG, Data, Path, YamlFile, parse, read

__all__ = [
    "LARGEST",
    "LAW",
    "SUFFIX",
    "TOO_LONG",
    "ConditionReader",
    "Data",
    "Folder",
    "Path",
    "Schema",
    "YamlFile",
    "explain",
    "misplaced",
    "misshapen",
    "parse",
    "read",
    "read_folder",
]
