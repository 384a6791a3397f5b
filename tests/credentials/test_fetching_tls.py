"""The one fetch policy over encrypted connections, against real servers on this machine."""

from __future__ import annotations

import datetime as dt
import socket
import ssl
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from credentials.fetching import Fetcher, FetchFailed
from tests.credentials.serving import Server, answering, serving


def _resolving(*addresses: str) -> Callable[[str, int], Sequence[str]]:
    return lambda host, port: addresses


def _certificate(folder: Path, name: str) -> Path:
    """A certificate for `name` with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@contextmanager
def _serving_tls(certificate: Path) -> Iterator[Server]:
    with serving(a=answering(b"ok")) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        yield server


@pytest.mark.parametrize(("name", "good"), [("lms.test", True), ("other.test", False)])
def test_certificate_must_be_for_the_name_not_the_address(
    tmp_path: Path, name: str, good: bool
) -> None:
    certificate = _certificate(tmp_path, name)
    trusting = ssl.create_default_context(cafile=str(certificate))
    with _serving_tls(certificate) as server:
        port = server.server_address[1]
        fetcher = Fetcher(
            frozenset({f"lms.test:{port}"}), resolve=_resolving("127.0.0.1"), tls=trusting
        )
        try:
            said = fetcher.get(f"https://lms.test:{port}/a").body.decode()
        except FetchFailed as error:
            said = error.reason

    assert said == ("ok" if good else "lms.test cannot prove that it is lms.test.")


def test_server_that_never_shakes_hands_is_cut_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        fetcher = Fetcher(
            frozenset({f"lms.test:{port}"}), resolve=_resolving("127.0.0.1"), deadline_seconds=0.2
        )

        with pytest.raises(FetchFailed) as caught:
            fetcher.get(f"https://lms.test:{port}/")

    assert caught.value.reason == "The address took longer than 0.2 seconds to answer."
