"""YAML to flows. Reading files happens here only, once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable

from flows.errors import FlowError
from flows.model import Flow, State
from knowledge import KnowledgeBase, Problem
from knowledge.model.typography import french
from knowledge.reading import SUFFIX, Data, Folder, Schema, YamlFile, read, read_folder

_READ = {"title", "description", "question", "help"}
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
        self._schema = Schema()
        self.problems = self._schema.problems

    def flow(self, file: YamlFile) -> Flow | None:
        self.problems.extend(file.problems)
        data = file.data
        if file.name.count("/") > 1:
            self._wrong(file, (), "les parcours n'ont pas de sous-dossier ; mettez ce fichier dans parcours/")
        if not isinstance(data, dict):
            if not file.problems:
                self._wrong(file, (), "un parcours s'écrit avec des clés et des valeurs, sans tiret devant")
            return None
        if "id" in data:
            self._wrong(file, ("id",), "ne s'écrit pas ici : le nom du fichier le dit déjà ; retirez cette ligne")
        sets = data.get("sets")
        states = data.get("states")
        if not isinstance(sets, dict) and "sets" in data:
            self._wrong(file, ("sets",), "attend des couples « fait: valeur », ou {} s'il n'y en a pas")
        if not isinstance(states, list) and "states" in data:
            self._wrong(file, ("states",), "attend une liste d'étapes, une par tiret")
        known = sets if isinstance(sets, dict) else {}
        steps = tuple(self._states(file, states if isinstance(states, list) else [], known))
        given: dict[str, object] = {**_spaced(data), "id": file.name.rsplit("/", 1)[-1].removesuffix(SUFFIX)}
        given |= {"sets": tuple(self._sets(file, known))} if "sets" in data else {}
        given |= {"states": steps} if "states" in data else {}
        return self._schema.read(file, given, Flow)

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
            state = self._schema.read(file, _spaced(data) if isinstance(data, dict) else data, State, path)
            if state is None:
                continue
            if state.id in seen or state.id == VERDICT:
                self._wrong(file, path, f"l'état « {state.id} » existe déjà ; donnez-lui un autre nom")
            if state.asks not in self._base.facts:
                self._wrong(file, path, f"fait inconnu « {state.asks} »")
                continue
            if state.asks in asked:
                self._wrong(file, path, f"le fait « {state.asks} » est déjà répondu plus haut")
            for value in state.only:
                if self._base.facts[state.asks].value(value) is None:
                    self._wrong(file, (*path, "only"), f"valeur inconnue « {value} » pour « {state.asks} »")
            seen.add(state.id)
            asked.add(state.asks)
            yield state

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


def _spaced(data: Mapping[str, Data]) -> dict[str, Data]:
    """Put French spaces in what a person reads."""
    return {k: french(v) if k in _READ and isinstance(v, str) else v for k, v in data.items()}
