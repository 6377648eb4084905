"""A module that the interpreter does not have: how to install it there."""

import re
import shlex
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from codeact_lsp.engine.outcome import Outcome

_MISSING = re.compile(r"No module named '(?P<module>\w{1,100})'")
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
_WELL_KNOWN = re.compile(
    "aiohttp|altair|bokeh|click|dask|django|duckdb|fastapi|flask|geopandas|h5py|httpx|jax|jinja2"
    "|joblib|keras|lightgbm|litellm|lxml|matplotlib|networkx|nltk|numba|numpy|openai|openpyxl"
    "|pandas|plotly|polars|psutil|pyarrow|pydantic|pymongo|pytest|redis|requests|rich|scipy"
    "|seaborn|shapely|spacy|sqlalchemy|statsmodels|sympy|tensorflow|torch|tqdm|transformers|xarray"
    "|xgboost"
)


def with_way_out(outcome: Outcome, interpreter: Path) -> Outcome:
    """The same outcome; if it is that a module is missing, with how to install it in a note."""
    error = outcome.error
    if error is None or error.category != "import":
        return outcome
    found = _MISSING.match(error.message)
    if not found:
        return outcome
    note = install_note(found["module"], interpreter)
    return replace(outcome, error=replace(error, notes=[*error.notes, note]))


def install_note(module: str, interpreter: Path) -> str:
    """How to get a module that an interpreter does not have."""
    if module in sys.stdlib_module_names:
        return f"It belongs to Python, but {interpreter} was built without it."
    install = f"{shlex.quote(str(interpreter))} -m pip install"
    package = _PACKAGES.get(module) or (module if _WELL_KNOWN.fullmatch(module) else None)
    if package:
        return f"{package} is not installed for the plan's Python: {install} {package}"
    # Anybody can publish a package under the name that somebody misspelt.
    return f"If there is a package {module} that you mean, install it: {install} {module}"
