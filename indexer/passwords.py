"""Passwords: which are allowed, and how one is kept: by scrypt (RFC 7914), never as it was typed."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata

from indexer.errors import AccountError, ArchiveError

SHORTEST, LONGEST = 10, 256  # characters
BESIDE_NAME = 6  # characters that a password needs beside the account's name
WORK, BLOCKS, LANES = 2**14, 8, 1  # n, r, p of scrypt: 16 MiB and some 40 ms a password
SALT, KEY = 16, 32  # bytes
# Neither 0 and O nor 1, l and I: a one-time password is copied by hand.
LETTERS = "23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"


def check_password(password: str, name: str) -> None:
    """Raise AccountError, saying why, where the password is not allowed for the account."""
    if len(password) < SHORTEST:
        raise AccountError(f"密码至少{SHORTEST}个字符。(A password has at least {SHORTEST} characters.)")
    if len(password) > LONGEST:
        raise AccountError(f"密码最多{LONGEST}个字符。(A password has at most {LONGEST} characters.)")
    if any(unicodedata.category(character) == "Cc" for character in password):
        raise AccountError("密码里有不能输入的控制字符，请重新输入。(The password holds control characters.)")
    folded = unicodedata.normalize("NFKC", password).casefold()
    if name in folded and len(folded.replace(name, "")) < BESIDE_NAME:
        raise AccountError(
            f"密码不能就是账号名；除账号名外至少还要有{BESIDE_NAME}个字符。(The password is too near the account's name.)"
        )


def hashed(password: str) -> str:
    """What is kept of a password: method, parameters, salt and key, so that they can be raised later."""
    salt = secrets.token_bytes(SALT)
    return _kept(salt, _key(password, salt, WORK, BLOCKS, LANES))


def nobodys() -> str:
    """What stands for the password of an account that is not there: none is right, and it takes as long to see so."""
    return _kept(secrets.token_bytes(SALT), secrets.token_bytes(KEY))


def is_right(password: str, kept: str) -> bool:
    """Whether the password is the one that was kept; takes as long either way. Raises ArchiveError where damaged."""
    try:
        method, work, blocks, lanes, salt, key = kept.split("$")
        if method != "scrypt":
            raise ValueError(method)
        made = _key(password, base64.b64decode(salt), int(work), int(blocks), int(lanes))
        return hmac.compare_digest(made, base64.b64decode(key))
    except ValueError as error:
        raise ArchiveError(
            "账号的密码记录已损坏，请用 youju user passwd 重设。(A password record is damaged.)"
        ) from error


def one_time_password() -> str:
    """A random password to be shown once: 16 letters in four groups, over 90 bits."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def _kept(salt: bytes, key: bytes) -> str:
    parts = [base64.b64encode(part).decode() for part in (salt, key)]
    return f"scrypt${WORK}${BLOCKS}${LANES}${parts[0]}${parts[1]}"


def _key(password: str, salt: bytes, work: int, blocks: int, lanes: int) -> bytes:
    typed = unicodedata.normalize("NFC", password)[: 2 * LONGEST].encode("utf-8", "surrogatepass")
    return hashlib.scrypt(typed, salt=salt, n=work, r=blocks, p=lanes, maxmem=256 * work * blocks, dklen=KEY)
