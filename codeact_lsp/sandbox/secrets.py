"""Files of a workspace that no node reads, though it reads all others.

These are the names by which tools and people keep keys and passwords. Version control (`.git`) is
closed besides, in `worker/confine/readable.py`.
"""

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path

from codeact_lsp.sandbox.needs import home

SECRETS: tuple[str, ...] = (
    # Variables of deployments. A sample without values is closed too: its name tells nothing of it.
    "**/.env*",
    "**/*.env",
    "**/.flaskenv",
    "**/.dev.vars*",
    # Private keys, and what holds them.
    "**/*.pem",
    "**/*.key",
    "**/*.p12",
    "**/*.p8",
    "**/*.pfx",
    "**/*.jks",
    "**/*.jceks",
    "**/*.keystore",
    "**/*.kdbx",
    "**/*.ppk",
    "**/*.ovpn",
    "**/*.agekey",
    "**/private_key*",
    "**/secring.*",
    "**/id_rsa*",
    "**/id_dsa*",
    "**/id_ecdsa*",
    "**/id_ed25519*",
    "**/ssh_host_*_key",
    "**/.ssh",
    "**/.gnupg",
    # What package managers and version control log in with.
    "**/.npmrc",
    "**/.yarnrc*",
    "**/.pypirc",
    "**/pip.conf",
    "**/.condarc",
    "**/.git-credentials",
    "**/.gitconfig",
    "**/.hgrc",
    # What databases and other services are reached with.
    "**/.netrc",
    "**/_netrc",
    "**/.pgpass",
    "**/pgpass.conf",
    "**/.odbc.ini",
    "**/.mongorc.js",
    "**/.smbcredentials",
    "**/.passwd-s3fs",
    "**/.wgetrc",
    "**/.curlrc",
    "**/.my.cnf",
    "**/.htpasswd",
    "**/.databrickscfg",
    "**/.snowflake",
    "**/.snowsql",
    "**/.kaggle",
    "**/kaggle.json",
    "**/.huggingface",
    "**/.cdsapirc",
    "**/.ecmwfapirc",
    "**/.dbt",
    "**/profiles.yml",
    "**/.wandb",
    "**/.comet.config",
    "**/jupyter_*_config.json",
    "**/.Renviron",
    # What clouds and clusters are run with.
    "**/.aws",
    "**/.azure",
    "**/.gcloud",
    "**/.boto",
    "**/.s3cfg",
    "**/.docker",
    "**/.dockercfg",
    "**/.kube",
    "**/kubeconfig*",
    "**/*.kubeconfig",
    "**/.dockerconfigjson",
    "**/.vault-token",
    "**/.vault_pass*",
    "**/.oci",
    "**/.terraform.d",
    "**/rclone.conf",
    "**/local.settings.json",
    "**/.terraformrc",
    "**/*.tfstate*",
    "**/*.tfvars*",
    # What services hand out for download, as they name it, and what people call by its name.
    "**/credentials",
    "**/credentials.*",
    "**/*credentials*.json",
    "**/client_secret*.json",
    "**/service[-_]account*.json",
    "**/serviceaccount*.json",
    "**/*firebase-adminsdk*.json",
    "**/gha-creds-*.json",
    "**/auth.json",
    "**/token.json",
    "**/token.pickle",
    "**/*api[-_]key.txt",
    "**/*apikey.txt",
    "**/*token.txt",
    "**/password.txt",
    "**/passwords.txt",
    "**/secret",
    "**/secret.*",
    "**/secrets",
    "**/secrets.*",
    "**/.secret*",
    # What editors and shells remember of sessions.
    "**/.vscode/settings.json",
    "**/.mcp.json",
    "**/mcp.json",
    "**/.idea/dataSources*",
    "**/.*_history",
)
"""Globs, as in `fnmatch`, of paths in the workspace; a folder is closed with all that is in it."""


def secret_places(private: Iterable[Path]) -> Iterator[str]:
    """What is closed by its place, should a tree that nodes read hold it: `/FOLDER/GLOB`.

    Args:
        private: Folders, without links.
    """
    yield from (f"{folder.parent}/{glob.escape(folder.name)}" for folder in private)
    # What programs keep in a home is hidden there, under names of their own.
    if home() != Path("/"):
        yield f"{home()}/.*"
