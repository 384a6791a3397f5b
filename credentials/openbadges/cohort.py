"""Sign many badges on all cores: descriptions in, exact signed bytes out, in no given order.

Each badge is checked before it is released, as `proof.sign` says; one that cannot be signed is
answered with the reason and stops no other.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from credentials.openbadges.documents import CredentialContent, credential_document
from credentials.openbadges.errors import OpenBadgesError
from credentials.openbadges.keys import SigningKey
from credentials.openbadges.proof import sign
from credentials.openbadges.secondopinion import CheckedShapes

#: Badges handed to a process at a time: enough that handing over costs little.
CHUNK: Final = 32


@dataclass(frozen=True, kw_only=True)
class Order:
    """One badge to be signed; `name` is the caller's own, and comes back with the answer."""

    name: str
    content: CredentialContent
    verification_method: str
    created: datetime


@dataclass(frozen=True, kw_only=True)
class Signed:
    """The answer to an order: the signed bytes, or else why there are none."""

    name: str
    document: bytes | None
    refusal: str = ""


class Press:
    """Processes that sign; a context manager, because they have to be ended.

    `keys` is by verification method; each process gets them over a pipe of its own and nothing is
    written anywhere. With one process everything happens in the caller's.
    """

    def __init__(self, keys: Mapping[str, SigningKey], *, processes: int) -> None:
        if processes < 1:
            raise ValueError("at least one process has to sign")
        self._secrets = {method: key.to_bytes() for method, key in keys.items()}
        # a fresh interpreter shares no connection or lock with the caller, whatever the caller is
        self._pool = (
            None
            if processes == 1
            else multiprocessing.get_context("spawn").Pool(
                processes, initializer=_start, initargs=(self._secrets,)
            )
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.terminate()
            self._pool.join()

    def sign(self, orders: Sequence[Order]) -> Iterator[Signed]:
        """Begin to sign all of them at once; the answers come as they are ready."""
        if self._pool is None:
            return map(_Signer(self._secrets).sign, orders)
        return self._pool.imap_unordered(_sign, orders, chunksize=CHUNK)


class _Signer:
    """The keys of one process, and the shapes of badges that it has had checked."""

    def __init__(self, secrets: Mapping[str, bytes]) -> None:
        self._keys = {method: SigningKey.from_bytes(raw) for method, raw in secrets.items()}
        self._shapes = CheckedShapes()

    def sign(self, order: Order) -> Signed:
        try:
            document = sign(
                credential_document(order.content),
                self._keys[order.verification_method],
                verification_method=order.verification_method,
                created=order.created,
                shapes=self._shapes,
            )
        except OpenBadgesError as fault:
            return Signed(name=order.name, document=None, refusal=fault.message)
        return Signed(name=order.name, document=document)


_own: dict[str, _Signer] = {}  # the signer of this process, where it is one of a pool


def _start(secrets: Mapping[str, bytes]) -> None:
    _own["signer"] = _Signer(secrets)


def _sign(order: Order) -> Signed:
    return _own["signer"].sign(order)
