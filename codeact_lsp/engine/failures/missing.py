"""A module that the interpreter does not have: how to install it there."""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from codeact_lsp.engine.outcomes.outcome import Outcome
from codeact_lsp.plan.visible import quoted

_MISSING = re.compile(r"No module named '(?P<module>\w{1,100})'")
_NAME = re.compile(r"\w{1,100}")
# Well-known packages whose modules have other names than they.
_PACKAGES: Mapping[str, str] = {
    "attr": "attrs",
    "bs4": "beautifulsoup4",
    "Crypto": "pycryptodome",
    "cv2": "opencv-python",
    "dateutil": "python-dateutil",
    "docx": "python-docx",
    "dotenv": "python-dotenv",
    "faiss": "faiss-cpu",
    "fitz": "PyMuPDF",
    "git": "GitPython",
    "jwt": "PyJWT",
    "mpl_toolkits": "matplotlib",
    "MySQLdb": "mysqlclient",
    "OpenSSL": "pyOpenSSL",
    "PIL": "pillow",
    "pptx": "python-pptx",
    "psycopg2": "psycopg2-binary",
    "pylab": "matplotlib",
    "serial": "pyserial",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
    "yaml": "PyYAML",
    "zmq": "pyzmq",
}
# Well-known packages whose modules have the same name.
_WELL_KNOWN_WORDS = (
    "aiohttp altair bokeh click dask django duckdb fastapi flask geopandas h5py httpx jax jinja2 "
    "joblib keras lightgbm litellm lxml matplotlib networkx nltk numba numpy openai openpyxl "
    "pandas plotly polars psutil pyarrow pydantic pymongo pytest redis requests rich scipy "
    "seaborn shapely spacy sqlalchemy statsmodels sympy tensorflow torch tqdm transformers xarray "
    "xgboost"
)
_WELL_KNOWN = frozenset(_WELL_KNOWN_WORDS.split())
_LEAST_LIKENESS = 0.8


def with_way_out(outcome: Outcome, interpreter: Path) -> Outcome:
    """The same outcome; if it is that a module is missing, with the way out in a note."""
    error = outcome.error
    if error is None or error.category != "import":
        return outcome
    found = _MISSING.match(error.message)
    if not found:
        return outcome
    there = error.facts.options[:1] if error.facts and error.facts.kind == "module" else []
    note = install_note(found["module"], interpreter, there)
    return replace(outcome, error=replace(error, notes=[*error.notes, note]))


def install_note(module: str, interpreter: Path, there: Sequence[str] = ()) -> str:
    """How to get a module that an interpreter does not have.

    Args:
        module: The module.
        interpreter: The Python that should have it.
        there: Modules that it does have and that are spelt much like it, the closest first.
    """
    if module in sys.stdlib_module_names:
        return f"It belongs to Python, but {interpreter} was built without it."
    install = f"{quoted(str(interpreter))} -m pip install"
    if package := _package(module):
        return f"{package} is not installed for the plan's Python: {install} {package}"
    if near := [name for name in there if _NAME.fullmatch(name)]:
        return f"There is no module {module}. Did you mean {near[0]}?"
    # Anybody can publish a package under the name that somebody misspelt.
    known = sorted({*_WELL_KNOWN, *_PACKAGES})
    for name in get_close_matches(module, known, 1, _LEAST_LIKENESS):
        package = _package(name)
        return (
            f"Did you mean {name}? {package} is not installed for the plan's Python: "
            f"{install} {package}"
        )
    return f"If there is a package {module} that you mean, install it: {install} {module}"


def _package(module: str) -> str | None:
    """The well-known package that brings a module."""
    return _PACKAGES.get(module) or (module if module in _WELL_KNOWN else None)
