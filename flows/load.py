"""YAML to flows. Reading files happens here only, once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from flows.errors import FlowError
from flows.model import Flow, State
from knowledge import KnowledgeBase, Problem
from knowledge.model.typography import french
from knowledge.reading import SUFFIX, Data, Folder, YamlFile, read, read_folder

_KEYS = {"code", "title", "description", "sets", "states"}
_STATE_KEYS = {"id", "asks", "question", "help", "only", "plan"}
VERDICT = "verdict"
FOLDER = "parcours"


def default_root() -> Traversable:
    """Return the folder of the flows that ship with the program."""
    return files("flows") / "parcours"


def sources(root: Traversable) -> Iterator[tuple[str, bytes]]:
    """
    Yield every flow file as `(name, content)`, in a stable order.

    Raises:
        FlowError: something lies there that cannot be read.

    """
    folder = read_flows(root)
    if folder.problems:
        raise FlowError(folder.problems)
    yield from folder.files


def load(base: KnowledgeBase, root: Traversable | None = None) -> dict[str, Flow]:
    """
    Read and check every flow.

    Args:
        base: the law, whose facts the flows ask.
        root: the folder of the flow files; the shipped one by default.

    Raises:
        FlowError: with every problem found, each with file and line.

    """
    return load_from(base, read_flows(root))


def read_flows(root: Traversable | None = None) -> Folder:
    """Read the files of a folder of flows; the shipped one by default."""
    return read_folder(root if root is not None else default_root(), FOLDER)


def load_from(base: KnowledgeBase, folder: Folder) -> dict[str, Flow]:
    """
    Check the flows whose files were read already, and look at no file again.

    Raises:
        FlowError: with every problem found, each with file and line.

    """
    reader = _Reader(base)
    reader.problems.extend(folder.problems)
    files = [read(name, content) for name, content in folder.files]
    flows = [reader.flow(file) for file in files]
    found = {f.id: f for f in flows if f is not None}
    reader.unique(found)
    reader.remembered(found, {file.name for file in files})
    if reader.problems:
        raise FlowError(tuple(sorted(reader.problems)))
    return dict(sorted(found.items(), key=lambda pair: pair[1].code))


class _Reader:
    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        self.problems: list[Problem] = []

    def flow(self, file: YamlFile) -> Flow | None:
        self.problems.extend(file.problems)
        data = file.data
        if file.name.count("/") > 1:
            self._wrong(file, (), "les parcours n'ont pas de sous-dossier ; mettez ce fichier dans parcours/")
        if not isinstance(data, dict):
            if not file.problems:
                self._wrong(file, (), "un parcours s'écrit avec des clés et des valeurs, sans tiret devant")
            return None
        for key in data.keys() - _KEYS:
            self._wrong(file, (key,), f"clé inconnue ; clés admises : {', '.join(sorted(_KEYS))}")
        for key in _KEYS - data.keys():
            self._wrong(file, (), f"la clé « {key} » manque")
        states = data.get("states")
        sets = data.get("sets") or {}
        code = data.get("code")
        if not isinstance(states, list) or not isinstance(sets, dict) or not str(code).isdigit():
            self._wrong(file, (), "states est une liste, sets des couples fait: valeur, code un nombre de 1 à 255")
            return None
        return Flow(
            id=file.name.rsplit("/", 1)[-1].removesuffix(SUFFIX),
            code=int(str(code)),
            title=french(str(data.get("title"))),
            description=french(str(data.get("description"))),
            sets=tuple(self._sets(file, sets)),
            states=tuple(self._states(file, states, sets)),
        )

    def _sets(self, file: YamlFile, sets: Mapping[str, Data]) -> Iterator[tuple[str, str]]:
        for fact_id, value in sets.items():
            fact = self._base.facts.get(fact_id)
            if fact is None or not isinstance(value, str) or fact.value(value) is None:
                self._wrong(file, ("sets", fact_id), f"fait ou valeur inconnus « {fact_id}: {value} »")
            else:
                yield fact_id, value

    def _states(self, file: YamlFile, states: list[Data], sets: Mapping[str, Data]) -> Iterator[State]:
        seen: set[str] = set()
        asked: set[str] = set(sets)
        for i, data in enumerate(states):
            path = ("states", i)
            if not isinstance(data, dict) or not {"id", "asks"} <= data.keys() <= _STATE_KEYS:
                self._wrong(file, path, "un état s'écrit {id, asks} avec, au besoin, question, help, only, plan")
                continue
            state, fact = str(data["id"]), str(data["asks"])
            if state in seen or state == VERDICT:
                self._wrong(file, path, f"l'état « {state} » existe déjà ; donnez-lui un autre nom")
            if fact not in self._base.facts:
                self._wrong(file, path, f"fait inconnu « {fact} »")
                continue
            if fact in asked:
                self._wrong(file, path, f"le fait « {fact} » est déjà répondu plus haut")
            seen.add(state)
            asked.add(fact)
            yield State(
                id=state,
                asks=fact,
                question=_words(data, "question"),
                help=_words(data, "help"),
                only=tuple(self._only(file, data, fact, (*path, "only"))),
                plan=data.get("plan") == "true",
            )

    def _only(self, file: YamlFile, data: Mapping[str, Data], fact: str, path: tuple[str | int, ...]) -> Iterator[str]:
        given = data.get("only", [])
        for value in given if isinstance(given, list) else [given]:
            if self._base.facts[fact].value(str(value)) is None:
                self._wrong(file, path, f"valeur inconnue « {value} » pour « {fact} »")
            yield str(value)

    def unique(self, flows: Mapping[str, Flow]) -> None:
        codes: dict[int, str] = {}
        for flow in flows.values():
            if flow.code in codes or not 1 <= flow.code <= 255:
                self.problems.append(
                    Problem(_name(flow.id), 1, f"le code {flow.code} sert déjà ou n'est pas entre 1 et 255")
                )
            codes[flow.code] = flow.id

    def remembered(self, flows: Mapping[str, Flow], named: Collection[str]) -> None:
        """Refuse a code that changed, went away, or is not in `codes.yaml`: old buttons lead where they led."""
        for flow in flows.values():
            past = self._base.flow_codes.get(flow.id)
            if past is None:
                said = f"« flow.{flow.id} » n'est pas inscrit ; lancez « motus codes »"
                self.problems.append(Problem("codes.yaml", 0, said))
            elif past.code != flow.code:
                said = f"le code de « flow.{flow.id} » valait {past.code} et vaut maintenant {flow.code} ; "
                self.problems.append(Problem("codes.yaml", past.line, f"{said}un code ne change jamais"))
        for flow_id, past in self._base.flow_codes.items():
            if _name(flow_id) not in named:
                said = f"ce code a servi et le parcours n'existe plus ; remettez {_name(flow_id)} (code {past.code}), "
                self.problems.append(Problem("codes.yaml", past.line, f"{said}les anciens boutons le portent"))

    def _wrong(self, file: YamlFile, path: tuple[str | int, ...], message: str) -> None:
        self.problems.append(file.problem(path, message))


def _name(flow_id: str) -> str:
    return f"{FOLDER}/{flow_id}{SUFFIX}"


def _words(data: Mapping[str, Data], key: str) -> str | None:
    text = data.get(key)
    return french(text) if isinstance(text, str) else None
