"""Names by which tools and people go: of what is run, of what says what is run, and of keys."""

import fnmatch
import re

from codeact_lsp.sandbox.secrets import SECRETS

_CODE = (
    *("*.py", "*.pyw", "*.pyc", "*.pyd", "*.pth", "*.so", "*.so.*", "*.dylib", "*.dll", "*.exe"),
    *("*.pyx", "*.pyz", "*.whl", "*.egg", "*.jar"),
    *("*.sh", "*.bash", "*.zsh", "*.fish", "*.bat", "*.cmd", "*.ps1", "*.desktop", "*.service"),
)
# What tools of developers take commands, settings or packages from, beside hidden files.
_STEERING = (
    *("pyproject.toml", "setup.cfg", "tox.ini", "pytest.ini", "*.plan.toml", "*.code-workspace"),
    *("requirements*.txt", "pipfile*", "uv.lock", "poetry.lock", "environment.y*ml", "pixi.*"),
    *("makefile", "gnumakefile", "justfile", "dockerfile*", "compose.y*ml", "docker-compose*.y*ml"),
    *("package.json", "package-lock.json", "cargo.*", "build.gradle*", "cmakelists.txt"),
    *("jenkinsfile", "procfile", "rakefile", "gemfile*", "snakefile", "vagrantfile", "sconstruct"),
    *("taskfile.y*ml", "lefthook.y*ml", "dvc.yaml", "meson.build", "*-pipelines.y*ml"),
    # Plugins, hooks and sources of packages are named in these.
    *("mypy.ini", "pytest.toml", "mkdocs.y*ml", "constraints*.txt", "pylock*.toml", "pdm.lock"),
    *("conda-lock.y*ml", "tsconfig*.json", "deno.json*", "pnpm-*.yaml", "yarn.lock"),
    *(
        "*.mk",
        "*.cmake",
        "*.nix",
        "*.bzl",
        "pom.xml",
        "build.xml",
        "gradlew*",
        "gradle.properties",
        "go.mod",
    ),
    *("earthfile", "tiltfile", "brewfile", "crontab", "supervisord.conf"),
)
# Hidden ones: nobody writes those by name, but a folder may hold them.
_HIDDEN = (
    *(".gitattributes", ".gitmodules", ".gitlab-ci.y*ml", ".pre-commit-config.y*ml"),
    *(".travis.yml", ".drone.y*ml", ".mcp.json", ".tool-versions", ".mise*.toml", ".eslintrc*"),
    *(".bashrc", ".zshrc", ".zshenv", ".profile", ".*_profile", ".zprofile"),
    *(".*_login", ".*_logout"),
    *(".vimrc", ".exrc", ".gdbinit", ".lldbinit", ".pdbrc", ".rprofile", ".babelrc*", ".condarc"),
)
_RUN = re.compile("|".join(map(fnmatch.translate, (*_CODE, *_STEERING, *_HIDDEN))))
# Those of the workspace's own folders that nodes do not even read.
SECRET = re.compile(
    "|".join(fnmatch.translate(name) for glob in SECRETS if "/" not in (name := glob[3:])),
    re.IGNORECASE,
)
PACKAGES = frozenset({"node_modules", "site-packages", "dist-packages", "__pycache__"})
INSIDE = frozenset(
    {
        *(".git", ".hg", ".svn", ".bzr", ".jj", ".vscode", ".idea", ".fleet", ".zed", *PACKAGES),
        *(".github", ".gitlab", ".circleci", ".husky", ".devcontainer", ".cursor", ".claude"),
        *(".config", ".local", ".jupyter", ".ipython", ".direnv", ".cargo"),
    }
)


def is_run(name: str) -> bool:
    """Whether a file of that name may be run later, or says what is run."""
    return bool(_RUN.match(name.lower()))
