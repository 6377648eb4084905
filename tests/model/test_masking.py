"""Secrets of ordinary kinds are masked wherever they stand, and come back into code alone."""

import pytest

from codeact_lsp.model.masking import Masker

# Made up, in the forms in which services hand them out; in parts, so that no scanner takes them
# for real ones.
SHAPED = [
    "sk-" + "proj-a8Dk2LmQ9zXc7VbN4hJt",
    "sk-" + "ant-api03-Zk29sLqPw81mVtRbNcX",
    "sk_" + "live_51HxTqLkJd82MzQpWvB",
    "rk_" + "live_51HxTqLkJd82MzQpWvB",
    "pk_" + "test_TYooMQauvdEDq54NiTph",
    "ghp_" + "16C7e42F292c6912E7710c838347Ae178B4a",
    "gho_" + "16C7e42F292c6912E7710c838347Ae178B4a",
    "github_" + "pat_11ABCDE0Y0abcdefghijkl_mnopqrstuvwx",
    "glpat-" + "xYz12AbCdEfGhIjKlMnO",
    "hf_" + "aBcDeFgHiJkLmNoPqRsTuVwXyZ012345",
    "npm_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
    "pypi-" + "AgEIcHlwaS5vcmcCJDU3ZTM0",
    "xoxb-" + "123456789012-1234567890123-AbCdEfGhIjKl",
    "xapp-" + "1-A0123456789-abcdef0123456789",
    "AKIA" + "IOSFODNN7EXAMPLQ",
    "ASIA" + "Y34FZKBOKMUTVV7A",
    "AIza" + "SyD-9tSrke72PouQMnMX-a7eZSW0jkFMBWY",
    "ya29." + "a0AfH6SMBx7Jk2LmQ9zXc7VbN4hJt",
    "GOCSPX-" + "abcdEFGHijklMNOPqrstUVWX",
    "SG." + "ngeVfQFYQlKU0ufo8x5d1A.TwL2iGABf9DHoTf-09kqeF8tAmbihYzrnopKc",
    "SK" + "0123456789abcdef0123456789abcdef",
    "key-"
    + "3ax6xnjp29jd6fds4gc373sgvjxteol0".replace("x", "a").translate(
        str.maketrans("njpgsvtolj", "0123456789")
    ),
    "1234567890:" + "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsawx",
    "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7\n-----END RSA PRIVATE KEY-----",
    "dop_v1_" + "8d2b1c0a9f7e6d5c4b3a29180706f5e4",
    "shpat_" + "0123456789abcdef0123456789abcdef",
    "lin_api_" + "AbCdEfGhIjKlMnOpQrStUvWx",
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
]
NAMED = [
    ("password", "hunter2"),
    ("passwd", "correct-horse"),
    ("db_password", "s3cr3t!"),
    ("PASSWORD", "Tr0ub4dor&3"),
    ("secret", "open sesame"),
    ("client_secret", "abc123def"),
    ("api_key", "0123abcd"),
    ("apikey", "k-9981"),
    ("API-Key", "k-9982"),
    ("access_key", "LTAI5t"),
    ("token", "tok_1234"),
    ("auth_token", "tok_5678"),
    ("refresh_token", "tok_9012"),
    ("private_key", "0xdeadbeef"),
    ("credential", "user-cred-7"),
    ("passphrase", "staple battery"),
    ("session_id", "9a8b7c6d"),
    ("csrf_token", "77aa88bb"),
    ("pwd", "letmein"),
    ("connection_string", "Server=db;Pwd=x1y2z3"),
]


def test_there_are_fifty() -> None:
    assert len(SHAPED) + len(NAMED) == 50


@pytest.mark.parametrize("secret", SHAPED, ids=lambda secret: secret[:12])
def test_a_secret_is_known_by_its_shape(secret: str) -> None:
    masker = Masker()
    for text in (f"cannot log in with {secret}", f"[{secret!r}, 1]", f"url?x={secret}&y=1"):
        assert secret not in masker.text(text)
    code = f'call("{secret}", 1)'
    assert secret not in masker.code(code)
    assert masker.restored(masker.code(code)) == code


@pytest.mark.parametrize(("name", "secret"), NAMED)
def test_a_secret_is_known_by_its_name(name: str, secret: str) -> None:
    masker = Masker()
    texts = [
        f"{{'{name}': '{secret}'}}",
        f'{name} = "{secret}"',
        f"{name}: '{secret}'",
        f"wrong {name} '{secret}'",
        f'connect(host="x", {name.replace("-", "_")}="{secret}")',
    ]
    assert [text for text in texts if secret in masker.text(text)] == []
    assert [text for text in texts if secret in masker.code(text)] == []
    if " " not in secret:
        bare = [f"{name}={secret}", f"{name}: {secret}", f"the {name} is {secret}"]
        assert [text for text in bare if secret in masker.text(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://app:s3cret@db.local/orders",
        "Authorization: Bearer abcdef0123456789",
        "https://u:p%40ss@example.com/path",
    ],
)
def test_addresses_and_headers_are_without_theirs(text: str) -> None:
    shown = Masker().text(text)
    assert not any(secret in shown for secret in ("s3cret", "abcdef0123456789", "p%40ss"))


@pytest.mark.parametrize(
    "plain",
    [
        "could not convert string to float: '12,5'",
        "KeyError: 'customer_reference_number'",
        "frame['amount_2024'].groupby('region').sum()",
        "unsupported operand type(s) for +: 'int' and 'str'",
        "/home/me/projects/report_2024/data/orders_final_v2.csv",
        "2026-11-26T14:03:59.123456+00:00",
    ],
)
def test_what_is_no_secret_stays(plain: str) -> None:
    assert Masker().text(plain) == plain


def test_an_expression_is_no_secret_whatever_bears_its_name() -> None:
    code = "tokens = line.split()\nlogin(password=read_password())"
    assert Masker().code(code) == code


def test_literals_and_comments_of_code_are_text() -> None:
    code = 'fail(f"{api_key=} token=t-9981 token={token}")  # the password is hunter2'
    masked = Masker().code(code)
    assert masked == (
        'fail(f"{api_key=} token=MASKED_SECRET_1 token={token}")  # the password is MASKED_SECRET_2'
    )


def test_a_secret_has_one_name_wherever_it_stands() -> None:
    masker = Masker()
    masked = masker.code('password = "hunter2"\nretry(password="hunter2")')
    assert masked == 'password = "MASKED_SECRET_1"\nretry(password="MASKED_SECRET_1")'


def test_what_is_known_to_be_secret_is_masked_whatever_it_looks_like() -> None:
    masker = Masker(["blue house", "blue"])
    assert masker.text("the blue house is blue") == "the MASKED_SECRET_1 is MASKED_SECRET_2"
    assert masker.restored(masker.code("paint('blue')")) == "paint('blue')"


def test_secrets_of_values_are_never_put_into_code() -> None:
    masker = Masker()
    assert masker.text("password: hunter2") == "password: MASKED_SECRET_1"
    assert masker.restored('x = "MASKED_SECRET_1"') == 'x = "MASKED_SECRET_1"'
