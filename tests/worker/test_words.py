"""What an error says in words alone: of files, and of hosts."""

import errno
import shutil
from pathlib import Path

import pytest

from codeact_lsp.worker import words


@pytest.mark.parametrize(
    ("said", "host"),
    [
        (
            "Generic HTTP error: Error performing HEAD https://example.com/a.csv, after 10 retries",
            "example.com:443",
        ),
        (
            'Failed to download extension "httpfs" at URL "http://extensions.duckdb.org/v1/a.gz"',
            "extensions.duckdb.org:80",
        ),
        ("curlCode: 6, Could not resolve host: bucket.s3.amazonaws.com", "bucket.s3.amazonaws.com"),
        ("Could not connect to https://me:secret@api.example.com:8443/x", "api.example.com:8443"),
        (
            'could not translate host name "db.example.com" to address: Name or service not known',
            "db.example.com",
        ),
        ("connection to host db.example.com, port 5432 failed", "db.example.com:5432"),
        ("Temporary failure in name resolution", ""),
        ("could not convert string to float: 'https://example.com/download'", None),
        ('failed to load "http://example.com/": Attempt to load network entity', None),
        ("could not connect the two tables", None),
        ("No model here. Use the downloader, see https://example.com/", None),
        ("Unable to connect to URL https://example.com/a", "example.com:443"),
    ],
)
def test_a_host_that_was_not_reached_is_named(said: str, host: str | None) -> None:
    assert words.host(RuntimeError(said)) == host


@pytest.mark.parametrize(
    ("text", "host", "named"),
    [
        ("no address for 'api.example.com'; giving up", "api.example.com", True),
        ("HTTPSConnectionPool(host='a.example.com', port=443)", "a.example.com", True),
        ("of b.a.example.com", "a.example.com", False),
        ("of a.example.community", "a.example.com", False),
        ("anything", "", False),
    ],
)
def test_there_is_word_of_a_host_if_it_is_named_whole(text: str, host: str, *, named: bool) -> None:
    assert words.names(text, host) is named


@pytest.mark.parametrize(
    ("error", "number"),
    [
        (FileNotFoundError("/srv/a.parquet"), errno.ENOENT),
        (PermissionError("directory ``/srv`` exists but it can not be written"), errno.EACCES),
        (RuntimeError('No files found that match the pattern "/srv/*.csv"'), errno.ENOENT),
        (RuntimeError("Model file l.txt is not available for writes"), errno.EACCES),
        (RuntimeError("cannot open it: Read-only file system"), errno.EROFS),
        (RuntimeError("the column was not found"), None),
        (ValueError("nothing is written about that"), None),
    ],
)
def test_a_refusal_is_known_by_class_and_words(error: Exception, number: int | None) -> None:
    assert words.number_of(error) == number


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("Permission denied (os error 13): .env", ".env"),
        ("Permission denied: 'config/.env.local'", "config/.env.local"),
        ("Model file l.txt is not available for writes", "l.txt"),
        ("directory ``out`` can not be written", "out"),
        ("No files found that match the pattern '~/data/a.csv'", "~/data/a.csv"),
    ],
)
def test_a_file_is_found_in_words(said: str, path: str) -> None:
    whole = Path(path).expanduser().absolute()
    assert str(whole) in list(words.quoted(RuntimeError(said)))


def test_what_a_copy_of_a_folder_tells_of_each_file_is_read(tmp_path: Path) -> None:
    said = [(str(tmp_path / ".env"), "/tmp/x/.env", "[Errno 13] Permission denied: '.env'")]
    error = shutil.Error(said)
    assert words.number_of(error) == errno.EACCES
    assert str(Path(".env").absolute()) in list(words.quoted(error))


def test_an_error_that_is_made_of_endless_lists_is_read_to_some_depth() -> None:
    endless: list[object] = ["Permission denied"]
    endless.append(endless)
    assert words.number_of(RuntimeError(endless)) == errno.EACCES
