"""What an installer leaves out of the packages, and why; `tests/installers` hold it against what is loaded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Rule:
    """Files that are left out.

    Attributes:
        pattern: Of paths relative to site-packages or the standard library, from their start.
        reason: Why nobody misses them.
    """

    pattern: str
    reason: str


# torch keeps bin/torch_shm_manager and testing/_internal/*.py, which `import torch` wants, and _inductor, _dynamo and
# distributed, which it loads.
PACKAGES = (
    Rule(r"(.*/)?__pycache__/", "compiled anew, for the paths of the installation"),
    Rule(r"bin/", "scripts that name the interpreter of the build machine"),
    Rule(r"share/", "manual pages of other programs"),
    Rule(r"torch/(include|share|test)/|torch/lib/.*\.(a|lib|pdb)$", "for compiling extensions"),
    Rule(r"torch/bin/(?!torch_shm_manager)", "compilers of torch's own build"),
    Rule(r"torch/_inductor/kernel/", "templates for a compiler, which lab machines lack"),
    Rule(r"torchgen/packaged/ATen/(native|templates)", "for building torch"),
    Rule(r"torch/testing/_internal/py312_intrinsics\.py$", "tests for newer Pythons, which this one cannot compile"),
    Rule(r"functorch/|isympy\.py", "other programs"),
    Rule(r"(setuptools(-[^/]*)?|pkg_resources|_distutils_hack)/|distutils-precedence\.pth", "for building extensions"),
    Rule(r"hf_xet(-[^/]*)?/", "another way to download, which is not used"),
    Rule(r"(networkx|imageio|lazy_loader)(-[^/]*)?/", "what scikit-image's code needs: only its images are used"),
    Rule(r"skimage/(?!data/[^/]+\.(png|jpg|tif)$|__init__\.py$)", "code of scikit-image: only its images are used"),
    Rule(r"(numpy|scipy|sklearn|joblib|sympy|mpmath|pyqtgraph|torchvision)/(.*/)?tests?/", "tests of libraries"),
    Rule(r"pyqtgraph/(examples|opengl|jupyter)/", "examples, and plots of other kinds"),
    Rule(r"PySide6/(Qt/)?(qml|metatypes|resources|libexec|modules)/", "parts of Qt that the program does not use"),
    Rule(
        r"PySide6/(include|typesystems|glue|scripts|doc|QtAsyncio|examples)/"
        r"|PySide6/.*\.(pyi|lib|prl)$",
        "for compiling against Qt",
    ),
    Rule(
        r"PySide6/(assistant|designer|linguist|lupdate|lrelease|uic|rcc|balsam.*|qml[^/]*|qsb|svgtoqml)$|PySide6/.*\.exe$"
        r"|PySide6/(Assistant|Designer|Linguist)\.app/",
        "Qt's tools",
    ),
    Rule(
        r"PySide6/(Qt/)?plugins/(egldeviceintegrations|networkinformation|generic|sqldrivers|qmltooling|qmllint|qmlls"
        r"|designer|printsupport|scxmldatamodel|vectorimageformats|wayland-graphics-integration-server)/"
        r"|PySide6/plugins/platforminputcontexts/",
        "Qt plugins that the program does not use",
    ),
    Rule(
        r"PySide6/(Qt/)?plugins/platforms/(lib)?q(vkkhrdisplay|linuxfb|eglfs|minimalegl|vnc|minimal|direct2d)\.",
        "screens without windows",
    ),
    Rule(
        r"PySide6/(Qt/)?plugins/(platformthemes/libqgtk3\.so|imageformats/(lib)?qpdf\."
        r"|platforminputcontexts/libqtvirtualkeyboardplugin\.)",
        "plugins whose libraries are left out",
    ),
    Rule(r"PySide6/(Qt/)?translations/(?!qtbase_de\.qm$)", "languages that the window does not speak"),
    Rule(
        r"PySide6/(Qt/lib/lib)?Qt6?(EglF|Quick|Qml|Designer|Labs|Lottie|UiTools|Sql|Help|VirtualKeyboard|RemoteObjects"
        r"|Scxml|Sensors|3D|WebSockets|StateMachine|ShaderTools|Concurrent|LinguistTools|WaylandCompositor"
        r"|WaylandEglCompositor|PrintSupport|Xml)[^/]*$|PySide6/(lib)?pyside6qml\."
        r"|PySide6/Qt/lib/Qt(Quick|Qml|Designer|Labs|Lottie|UiTools|Sql|Help|Concurrent|PrintSupport|Xml)\w*\.framework/",
        "libraries of Qt that nothing in the program loads",
    ),
    Rule(r"PySide6/opengl32sw\.dll$", "OpenGL by software: the window does not draw with it"),
    Rule(r"(PySide6|shiboken6)/(vcamp140|vccorlib140|vcomp140)\.dll$", "libraries of Microsoft that nothing names"),
    Rule(r"torchvision/python3\d+\.dll$", "the interpreter's own library once more"),
    Rule(r"(shiboken6/(include|lib)|PySide6/lib)/", "for compiling against Qt"),
    Rule(r".*\.(pyi|pyx|pxd|tp|c|cpp|h|lib|a|cmake)$", "sources and libraries for compiling, types for checkers"),
    Rule(r"[^/]+\.whl$", "an empty file that a wheel leaves"),
)
STANDARD_LIBRARY = (
    Rule(r"(.*/)?__pycache__/", "compiled anew, for the paths of the installation"),
    Rule(r"(idlelib|tkinter|turtledemo|ensurepip|lib2to3|pydoc_data)/|turtle\.py$", "other programs"),
    Rule(r"(.*/)?tests?/", "tests of the standard library"),
    Rule(
        r"lib-dynload/(readline|_curses|_curses_panel|nis|_tkinter|_dbm|_gdbm|_crypt|_test\w*|xxlimited\w*)\.",
        "they want libraries of a terminal that lab machines may lack",
    ),
)


def is_left_out(path: str, rules: Sequence[Rule]) -> bool:
    """Return whether a path below a folder, with "/" in it, is left out."""
    return any(re.match(rule.pattern, path) for rule in rules)


def prune(folder: Path, rules: Sequence[Rule], *, skip: Path | None = None) -> int:
    """Delete the files below `folder` that are left out, and folders that are empty then; return the bytes freed.

    Args:
        skip: A folder below it that has rules of its own.
    """
    freed = 0
    expressions = [re.compile(rule.pattern) for rule in rules]
    for path in sorted(folder.rglob("*"), reverse=True):
        if skip and (path == skip or skip in path.parents):
            continue
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif any(expression.match(path.relative_to(folder).as_posix()) for expression in expressions):
            freed += path.lstat().st_size
            path.unlink()
    return freed
