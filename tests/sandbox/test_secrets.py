"""What the default secrets close in a workspace, and what they leave open."""

from pathlib import Path

import pytest

from codeact_lsp.sandbox.secrets import SECRETS
from codeact_lsp.worker.confine.readable import Readable


def is_open(folder: Path, file: str) -> bool:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    readable = Readable(str(folder), SECRETS)
    readable.refresh()
    return any(path.is_relative_to(opened) for opened in readable.read)


@pytest.mark.parametrize(
    "file",
    [
        *(".env", ".env.local", ".ENV", ".envrc", "services/api/.env.production", "prod.env"),
        *("id_rsa", "keys/id_ed25519", "server.pem", "tls/private.key", "Store.JKS", "a.p12"),
        *(".aws/credentials", ".ssh/config", ".kube/config", ".docker/config.json", ".netrc"),
        *(".npmrc", ".pypirc", ".pgpass", "kaggle.json", ".streamlit/secrets.toml", ".hgrc"),
        *("credentials.json", "my-credentials-2.json", "client_secret_1.json"),
        *("service-account.json", "service_account_prod.json", "terraform.tfstate.backup"),
        *(
            ".env~",
            ".prod.env.swp",
            "#server.key#",
            "server.pem.bak",
            "prod.env.old",
            ".netrc.orig",
        ),
        *(".ipynb_checkpoints/.env-checkpoint", ".ipynb_checkpoints/secrets-checkpoint.toml"),
        *("a/.ipynb_checkpoints/id_rsa-checkpoint", "x/.ipynb_checkpoints/prod-checkpoint.env"),
        *("serviceAccountKey.json", "app-firebase-adminsdk-1.json", "ssh_host_rsa_key"),
        *("prod.kubeconfig", "rclone.conf", ".vault-token", "local.settings.json", ".oci/config"),
        *(".flaskenv", ".dev.vars", "snowflake_key.p8", "AuthKey.p8", "keys.agekey", "pgpass.conf"),
        *("token.json", "auth.json", "gha-creds-1.json", "openai_api_key.txt", "hf_token.txt"),
        *("secrets/database.txt", "secret.txt", ".mcp.json", ".cursor/mcp.json", "profiles.yml"),
        *(".vscode/settings.json", ".python_history", ".git/config", ".git/HEAD", "sub/.git"),
    ],
)
def test_secrets_are_closed(tmp_path: Path, file: str) -> None:
    assert not is_open(tmp_path, file)


@pytest.mark.parametrize(
    "file",
    [
        *("etl.plan.py", "etl.plan.toml", "pyproject.toml", "README.md", "config.yaml"),
        *("data/sales.csv", "data/keys.csv", "data/environment.parquet", "notebook.ipynb"),
        *(
            "secret_santa.py",
            "tokens.txt",
            "keyboard.py",
            "tokenizer.json",
            "monkey.csv",
            "env/settings.py",
        ),
        *("sales.csv~", "notes.bak", ".ipynb_checkpoints/etl-checkpoint.ipynb", "#draft#"),
        *(".github/workflows/ci.yml", ".vscode/tasks.json", ".gitignore", "history.csv"),
    ],
)
def test_what_people_compute_with_is_open(tmp_path: Path, file: str) -> None:
    assert is_open(tmp_path, file)


@pytest.mark.parametrize("folder", ["mirror.git", ".bare", "sub/history"])
def test_what_version_control_keeps_is_closed_whatever_it_is_called(
    tmp_path: Path, folder: str
) -> None:
    for name in ("HEAD", "objects/pack", "refs/heads"):
        (tmp_path / folder / name).mkdir(parents=True)
    assert not is_open(tmp_path, f"{folder}/config")
    assert not is_open(tmp_path, f"{folder}/hooks/notes.txt")
    assert is_open(tmp_path, "sub/table.csv")
