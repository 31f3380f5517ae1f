"""The address of a database, for people: no part of a password in it, however oddly it is written."""

import re

# A password holds any sign, unquoted too: from the first colon to the last @ everything may be part of it.
_USER = re.compile(r"(://[^:@]*):.*@", re.DOTALL)
_SECRET = re.compile(r"[?&][^=&]*(?:pass|pwd|secret|token)[^=&]*=", re.IGNORECASE)  # ?password=…, &sslpassword=…


def masked(address: str) -> str:
    """Return an address with its passwords as ``***``, and only its beginning where they cannot be told from the rest.

    What follows a secret in the query goes too: an unquoted & may be part of it.
    """
    scheme, mark, _ = address.partition("://")
    if not mark:
        return "***"
    secret = _SECRET.search(address)
    if secret is None:
        return _USER.sub(r"\1:***@", address)
    if "@" in address[secret.end() :]:  # of a password before a host, or of one in the query?
        return f"{scheme}://***"
    return _USER.sub(r"\1:***@", address[: secret.end()]) + "***"
