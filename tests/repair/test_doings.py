"""What changes begin to do, where nothing confines them."""

import ast
from textwrap import dedent

import pytest

from codeact_lsp.repair.doings import begun

IMPORTS = """
    import os, shutil, json, gzip, zipfile, operator, subprocess, requests, urllib.request, socket
    import numpy as np, pandas as pd, matplotlib.pyplot as plt
    from pathlib import Path
    from os import remove as drop_file
"""


def told(before: str, after: str) -> str:
    imports = ast.parse(dedent(IMPORTS))
    old, new = (
        ast.parse(f"def total(rows, path, df, handle):\n    {each}") for each in (before, after)
    )
    return begun([old], [new], [imports])


@pytest.mark.parametrize(
    "text",
    [
        "df.to_csv('out.csv')", "df.to_parquet(path=path)", "df.to_anything(path)",
        "Path(path).write_text('')", "shutil.copy(path, 'b')", "np.save(path, rows)",
        "np.savetxt(path, rows)", "json.dump(rows, open(path, 'w'))", "json.dump(rows, handle)",
        "plt.savefig(path)", "open(path, 'a')", "open(path, mode=df)", "Path(path).open('wb')",
        "gzip.open(path, 'wt')", "zipfile.ZipFile(path, 'w')", "os.rename(path, 'b')",
        "os.replace(path, 'b')", "Path(path).rename('b')", "Path(path).replace(rows)",
        "os.makedirs(path)", "Path(path).mkdir()", "rows.tofile(path)", "handle.write('x')",
        "list(map(df.to_csv and Path.write_text, rows))", "getattr(df, 'write_csv')(path)",
        "print(rows, file=handle)", "pd.ExcelWriter(path)", "handle.execute('drop table rows')",
    ],
)  # fmt: skip
def test_writing_is_begun(text: str) -> None:
    assert told("return sum(rows)", text) == "writes"


@pytest.mark.parametrize(
    ("text", "doing"),
    [
        ("Path(path).unlink()", "deletes"), ("shutil.rmtree(path)", "deletes"),
        ("os.remove(path)", "writes"), ("drop_file(path)", "writes"),
        ("os.system('ls')", "runs programs"), ("subprocess.run(['ls'])", "runs programs"),
        ("requests.get(path)", "sends"), ("urllib.request.urlopen(path)", "sends"),
        ("pd.read_csv('https://example.com/rows.csv')", "sends"),
        ("socket.create_connection(path)", "sends"), ("handle.sendall(rows)", "sends"),
        ("getattr(df, path)()", "calls what a text names"),
        ("operator.methodcaller(path)(df)", "calls what a text names"),
        ("operator.methodcaller('unlink')(path)", "deletes"),
        ("import httpx; httpx.get(path)", "sends"),
    ],
)  # fmt: skip
def test_so_is_all_else_that_lasts(text: str, doing: str) -> None:
    assert told("return sum(rows)", text) == doing


@pytest.mark.parametrize(
    "text",
    [
        "pd.to_datetime(rows)", "pd.to_numeric(df['a'], errors='coerce')", "df.to_dict('records')",
        "df.to_json()", "df.to_csv(index=False)", "df.to_numpy()", "open(path)", "open(path, 'r')",
        "Path(path).open(encoding='utf-8')", "gzip.open(path)", "zipfile.ZipFile(path).open(path)",
        "json.dumps(rows)", "os.path.join(path, 'a')", "os.environ['A']", "'a'.replace('a', 'b')",
        "df.replace({'a': 'b'})", "df.rename(columns={'a': 'b'})", "df['a'].replace(rows)",
        "rows.remove(1)", "rows.copy()", "getattr(df, 'total')", "row.posts or row.saved",
        "buffer = io.StringIO(); json.dump(rows, buffer); buffer.write('x')",
        "with io.BytesIO() as buffer: buffer.write(b'x')",
        "raise requests.Timeout", "print(rows)", "np.delete(rows, 1)", "Path(path).read_text()",
    ],
)  # fmt: skip
def test_what_only_gives_a_value_is_nothing_begun(text: str) -> None:
    assert told("return sum(rows)", text) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("df.to_csv(paht)", "df.to_parquet(path)"),
        ("open(path).write('x')", "open(path, 'w').write('x')"),
        ("print(rows, file=open(path))", "print(rows, file=open(path, 'w'))"),
        ("requests.get(paht)", "requests.post(path)"),
        ("os.rename(paht, 'b')", "os.replace(path, 'b')"),
    ],
)
def test_what_a_function_did_before_it_may_do_otherwise(before: str, after: str) -> None:
    assert told(before, after) == ""
