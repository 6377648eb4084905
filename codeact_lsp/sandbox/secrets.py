"""Files of a workspace that no node reads, though it reads all others.

These are the names by which tools and people keep keys and passwords. Version control (`.git`) is
closed besides, in `worker/confine/readable.py`.
"""

SECRETS: tuple[str, ...] = (
    # Variables of deployments. A sample without values is closed too: its name tells nothing of it.
    "**/.env*",
    "**/*.env",
    # Private keys, and what holds them.
    "**/*.pem",
    "**/*.key",
    "**/*.p12",
    "**/*.pfx",
    "**/*.jks",
    "**/*.keystore",
    "**/*.kdbx",
    "**/*.ppk",
    "**/*.ovpn",
    "**/id_rsa*",
    "**/id_dsa*",
    "**/id_ecdsa*",
    "**/id_ed25519*",
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
    "**/.my.cnf",
    "**/.htpasswd",
    "**/.databrickscfg",
    "**/.snowflake",
    "**/.snowsql",
    "**/.kaggle",
    "**/kaggle.json",
    "**/.huggingface",
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
    "**/.terraformrc",
    "**/*.tfstate*",
    "**/*.tfvars*",
    # What services hand out for download, as they name it, and what people call by its name.
    "**/credentials",
    "**/credentials.*",
    "**/*credentials*.json",
    "**/client_secret*.json",
    "**/service[-_]account*.json",
    "**/secrets.*",
    "**/.secrets*",
    # What editors and shells remember of sessions.
    "**/.vscode/settings.json",
    "**/.idea/dataSources*",
    "**/.*_history",
)
"""Globs, as in `fnmatch`, of paths in the workspace; a folder is closed with all that is in it."""
