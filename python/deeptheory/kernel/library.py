"""The constants in compiled Lean modules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from deeptheory.errors import UsageError
from deeptheory.kernel.image import Image, LeanVersion

__all__ = ["KINDS", "Constant", "Library", "Module", "Name", "dotted"]

Name = tuple[str | int, ...]
"""A name as its components; the anonymous name is empty."""

KINDS = (
    "axiom",
    "definition",
    "theorem",
    "opaque",
    "quotient",
    "inductive",
    "constructor",
    "recursor",
)
"""What a constant is, in the order of the constructors of Lean's ``ConstantInfo``."""

_PRIVATE, _SERVER = ".olean.private", ".olean.server"
_CONSTANTS, _ENTRIES, _NAMES, _IMPORTS = 2, 4, 1, 0
"""The fields of ``ModuleData``."""

_HIDDEN_KINDS = ("privateConstKindsExt",)
"""The last component of the extension in which a module says what its hidden constants are."""


def dotted(name: Name) -> str:
    """Return a name as text."""
    return ".".join(map(str, name))


@dataclass(frozen=True)
class Constant:
    """A constant as a module holds it.

    Attributes
    ----------
    name : Name
        Its name.
    module : Module
        Where it is.
    kind : str
        One of `KINDS`; what hides its proof or its value appears as an axiom.
    p : int
        The object of its kind (``TheoremVal`` and the like) in the module's image.
    """

    name: Name
    module: Module
    kind: str
    p: int

    @property
    def head(self) -> int:
        """The object of name, level parameters and type."""
        return self.module.image.field(self.p, 0)

    @property
    def type(self) -> int:
        """The expression of its type."""
        return self.module.image.field(self.head, 2)

    @property
    def value(self) -> int | None:
        """The expression of its value or proof, where it has one."""
        has_value = self.kind in ("definition", "theorem", "opaque")
        return self.module.image.field(self.p, 1) if has_value else None

    @property
    def original(self) -> str:
        """What it was before its module hid its value."""
        return self.module.hidden.get(self.name, self.kind)


class Module:
    """A compiled module.

    Parameters
    ----------
    name : str
        Its name.
    paths : list of Path
        Its files.

    Attributes
    ----------
    image : Image
        Its objects.
    """

    def __init__(self, name: str, paths: list[Path]) -> None:
        self.name = name
        self.image = Image(paths)
        self._names: dict[int, Name] = {1: ()}

    def read_name(self, p: int) -> Name:
        """Return the name at an address."""
        found = self._names.get(p)
        if found is None:
            image = self.image
            last = image.field(p, 1)
            part = image.text(last) if image.tag(p) == 1 else image.natural(last)
            found = self._names[p] = (*self.read_name(image.field(p, 0)), part)
        return found

    def names(self, p: int) -> tuple[Name, ...]:
        """Return the names in a list."""
        return tuple(self.read_name(q) for q in self.image.list(p))

    @cached_property
    def imports(self) -> tuple[str, ...]:
        """The modules that it imports."""
        image = self.image
        items = image.items(image.field(image.roots[0], _IMPORTS))
        return tuple(dotted(self.read_name(image.field(i, 0))) for i in items)

    def constants(self) -> Iterable[Constant]:
        """Iterate over its constants, each as the fullest part of the module has it."""
        image = self.image
        found: dict[Name, Constant] = {}
        for root in image.roots:
            for info in image.items(image.field(root, _CONSTANTS)):
                p = image.field(info, 0)
                name = self.read_name(image.field(image.field(p, 0), 0))
                found[name] = Constant(name, self, KINDS[image.tag(info)], p)
        return found.values()

    @cached_property
    def hidden(self) -> dict[Name, str]:
        """What the constants are whose values other modules do not see."""
        image = self.image
        for entry in image.items(image.field(image.roots[0], _ENTRIES)):
            if self.read_name(image.field(entry, 0))[-1:] == _HIDDEN_KINDS:
                return {
                    self.read_name(image.field(pair, 0)): _ORIGINAL[image.field(pair, 1) >> 1]
                    for pair in image.items(image.field(entry, 1))
                }
        return {}


_ORIGINAL = (
    "definition",
    "theorem",
    "axiom",
    "opaque",
    "quotient",
    "inductive",
    "constructor",
    "recursor",
)
"""What a hidden constant is, in the order of the constructors of Lean's ``ConstantKind``."""


class Library:
    """Every constant that a set of modules can use.

    Parameters
    ----------
    roots : sequence of str
        The modules; what they import is read too.
    folders : sequence of Path
        Where to look for compiled modules, in order.
    progress : callable, optional
        Told the name of each module before it is read.

    Raises
    ------
    UsageError
        Where a module is missing or damaged, or modules come from different versions of Lean.
    """

    def __init__(
        self,
        roots: Sequence[str],
        folders: Sequence[Path],
        progress: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.modules: dict[str, Module] = {}
        self.constants: dict[Name, Constant] = {}
        waiting = list(reversed(roots))
        while waiting:
            name = waiting.pop()
            if name in self.modules:
                continue
            progress(name)
            module = self.modules[name] = Module(name, _files(name, folders))
            waiting += reversed(module.imports)
            for constant in module.constants():
                self.constants[constant.name] = constant
        versions = {m.image.lean for m in self.modules.values()}
        if len(versions) > 1:
            described = " and ".join(sorted(f"{v.version} ({v.githash[:12]})" for v in versions))
            raise UsageError(f"The modules come from Lean {described}: prove the library again.")
        self.lean: LeanVersion = versions.pop()

    def get(self, name: Name) -> Constant:
        """Return a constant.

        Raises
        ------
        UsageError
            Where no module has it.
        """
        try:
            return self.constants[name]
        except KeyError:
            raise UsageError(f"No compiled module has the constant {dotted(name)}.") from None


def _files(name: str, folders: Sequence[Path]) -> list[Path]:
    for folder in folders:
        path = folder.joinpath(*name.split(".")).with_suffix(".olean")
        if path.is_file():
            others = (path.with_suffix(suffix) for suffix in (_SERVER, _PRIVATE))
            return [path, *(other for other in others if other.is_file())]
    raise UsageError(f"The compiled module {name} is missing: run `deeptheory prove`.")
