"""Landlock: which files this process may use, whatever the rights of its user.

What is not named is closed. It holds for all that this process starts, and cannot be undone.
"""

import ctypes
import errno
import functools
import os
import stat
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from . import straight
from .kernel import call, only_thread, prctl

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION = 1
_BENEATH = 1
_PR_SET_NO_NEW_PRIVS = 38
# Or the kernel's log of what was refused would take note of each try of a node, of which there can
# be millions: neither of those of this process nor of what it starts and confines.
_SILENTLY = 0b001 | 0b100
# What is refused where a link is on the way, or the way out of a folder.
_LINKS = frozenset({errno.ELOOP, errno.EXDEV, errno.EAGAIN})

(
    _EXECUTE,
    _WRITE_FILE,
    _READ_FILE,
    _READ_DIR,
    _REMOVE_DIR,
    _REMOVE_FILE,
    _MAKE_CHAR,
    _MAKE_DIR,
    _MAKE_REG,
    _MAKE_SOCK,
    _MAKE_FIFO,
    _MAKE_BLOCK,
    _MAKE_SYM,
    _REFER,
    _TRUNCATE,
    _IOCTL_DEV,
) = (1 << bit for bit in range(16))
# How many of these rights an ABI knows, oldest first; one that is newer knows them all.
_RIGHTS_BY_ABI = (0, 13, 14, 15, 15, 16)
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6
_SILENT_SINCE = 7
_BIND_AND_CONNECT_TCP = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
READ = _EXECUTE | _READ_FILE | _READ_DIR
"""To read a file, or all below a folder, to list it and to execute it."""
_REMOVE = _REMOVE_DIR | _REMOVE_FILE
# A link or a pipe in a folder of the user's is a trap for whoever comes to read there.
_WRITE = READ | _WRITE_FILE | _TRUNCATE | _REMOVE | _MAKE_DIR | _MAKE_REG | _REFER
_SCRATCH = _WRITE | _MAKE_SYM | _MAKE_FIFO | _MAKE_SOCK


class Marked(NamedTuple):
    """A path that is only opened if it leads to a certain file: its device, and its number."""

    path: str
    mark: Sequence[int]


Named = str | Marked | straight.Straight
"""How a rule can name what it is for."""


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class Rule(ctypes.Structure):
    """What may be done with a file, or below a folder: rights, and a descriptor of it."""

    _pack_ = 1
    _layout_ = "ms"  # What `_pack_` means, said outright.
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def abi() -> int:
    """The version of Landlock that the kernel speaks; 0 if it has none, or has it switched off."""
    try:
        return call("syscall", _CREATE_RULESET, None, 0, _VERSION)
    except OSError:
        return 0


def restrict(
    *,
    read: Iterable[Named],
    listable: Iterable[str],
    write: Iterable[Named],
    network: bool,
    scratch: Iterable[str] = (),
) -> None:
    """Confine this process, which must have no other thread, as far as the kernel's ABI goes.

    Args and errors are those of `prepare`.
    """
    enforce(prepare(read=read, listable=listable, write=write, network=network, scratch=scratch))


def prepare(  # noqa: PLR0913 - all that a rule can be about.
    *,
    read: Iterable[Named],
    listable: Iterable[str],
    write: Iterable[Named],
    network: bool,
    scratch: Iterable[str] = (),
    held: Iterable[Rule] = (),
) -> int:
    """Make rules for `enforce`, which is quick then: a rule takes some 50 microseconds.

    From ABI 4 on they take in TCP, from 6 on also signals to processes outside and sockets with
    abstract names. What is named and not there is passed over.

    Args:
        read: Files and folders below which all may be read, listed and executed.
        listable: Folders below which all may be listed.
        write: Files and folders below which files and folders may be made, changed and removed.
        network: Whether TCP is left alone.
        scratch: As `write`; links, pipes and sockets may be made too.
        held: Rules for what is open already, which take a tenth of the time.

    Returns:
        A descriptor.

    Raises:
        OSError: There is no Landlock, or it does not take a rule.
    """
    ruleset = _create(abi(), _known_here(), network=network)
    try:
        for rule in held:
            _add(ruleset, rule)
        rules = ((read, READ), (listable, _READ_DIR), (write, _WRITE), (scratch, _SCRATCH))
        for paths, rights in rules:
            for path in paths:
                if made := rule_for(path, rights):
                    _take(ruleset, made)
    except OSError:
        os.close(ruleset)
        raise
    return ruleset


def enforce(ruleset: int) -> None:
    """Confine this process, which must have no other thread, by rules; their descriptor is closed.

    Raises:
        OSError: It is not confined.
    """
    try:
        only_thread()
        prctl(_PR_SET_NO_NEW_PRIVS, 1)
        call("syscall", _RESTRICT_SELF, ruleset, _SILENTLY if abi() >= _SILENT_SINCE else 0)
    finally:
        os.close(ruleset)


def rule_for(named: Named, rights: int) -> Rule | None:
    """A rule for a path, with a descriptor of its own; None if it is not there any more.

    Raises:
        OSError: It cannot be opened for another reason.
    """
    mark = named.mark if isinstance(named, Marked) else None
    try:
        descriptor = _opened(named)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None  # Gone since it was listed, or behind a folder that is closed to the user.
    except OSError as error:
        if error.errno in _LINKS:
            return None
        raise
    found = os.fstat(descriptor)
    rights &= _known_here()
    if not stat.S_ISDIR(found.st_mode):
        rights &= _ON_FILES
    if rights and (mark is None or (found.st_dev, found.st_ino) == tuple(mark)):
        return Rule(rights, descriptor)
    os.close(descriptor)
    return None


def _opened(named: Named) -> int:
    if isinstance(named, straight.Straight):
        return straight.handle(named)
    path = named.path if isinstance(named, Marked) else named
    return os.open(path, os.O_PATH | os.O_CLOEXEC)


@functools.cache
def _known_here() -> int:
    return _handled(abi())


def _handled(version: int) -> int:
    newest = len(_RIGHTS_BY_ABI) - 1
    return (1 << _RIGHTS_BY_ABI[min(version, newest)]) - 1


def _create(version: int, handled: int, *, network: bool) -> int:
    """A ruleset, as a descriptor; a kernel accepts fields that it does not know if they are 0."""
    if version == 0:
        raise OSError(errno.EOPNOTSUPP, "the kernel has no Landlock, or has it switched off")
    attributes = _Ruleset(
        handled,
        _BIND_AND_CONNECT_TCP if version >= _NETWORK_SINCE and not network else 0,
        _ABSTRACT_SOCKETS_AND_SIGNALS if version >= _SCOPES_SINCE else 0,
    )
    size = ctypes.sizeof(attributes)
    return call("syscall", _CREATE_RULESET, ctypes.byref(attributes), size, 0)


def _take(ruleset: int, rule: Rule) -> None:
    """Add a rule and close its descriptor."""
    try:
        _add(ruleset, rule)
    finally:
        os.close(rule.parent_fd)


def _add(ruleset: int, rule: Rule) -> None:
    try:
        call("syscall", _ADD_RULE, ruleset, _BENEATH, ctypes.byref(rule), 0)
    except OSError as error:
        if error.errno != errno.EBADFD:  # A pipe, say, by its name in /dev: those stay open.
            raise
