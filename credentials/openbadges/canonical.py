"""RDF Dataset Canonicalization (RDFC-1.0) with a counted bound on its work.

A dataset here is a set of quads; each of a quad's four places is a term as N-Quads writes it
("<iri>", "_:label", '"text"^^<iri>'), the graph of the default graph being "". Blank nodes that
nothing tells apart are compared by trying their permutations, which a hostile document can make
astronomically many: every hash taken there and every node looked at in an order counts as one
step, and the bound stops it.

Source: W3C RDF Dataset Canonicalization 1.0, sections 4.4 to 4.8 (numbers in comments).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from itertools import permutations
from typing import Final

from credentials.openbadges.effort import Effort
from credentials.openbadges.errors import TooMuchWork

Quad = tuple[str, str, str, str]

#: Badges need one or two.
MAX_LEVELS: Final = 64


class Dataset:
    """Quads, sorted on arrival by how many nameless nodes they have.

    Most statements of a badge have none, or only a subject: these are kept as text, the whole line
    or what follows the subject, and never taken apart again.
    """

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        self.lines: list[str] = []  #: whole lines without a nameless node
        self.tails: dict[str, list[str]] = defaultdict(list)  #: of lines, by their only such node
        self.links: list[Quad] = []  #: all others
        for quad in quads:
            self.add(quad)

    def add(self, quad: Quad) -> None:
        """Take in one quad; one that is there already changes nothing."""
        subject, predicate, obj, graph = quad
        if obj[0] == "_" or graph[:1] == "_":
            self.links.append(quad)
            return
        tail = f" {predicate} {obj} {graph} .\n" if graph else f" {predicate} {obj} .\n"
        if subject[0] == "_":
            self.tails[subject].append(tail)
        else:
            self.lines.append(subject + tail)

    def __bool__(self) -> bool:
        return bool(self.lines or self.links or any(self.tails.values()))


def canonicalize(
    dataset: Dataset | Iterable[Quad],
    *,
    effort: Effort | None = None,
    hash_name: str = "sha256",
) -> str:
    """The canonical N-Quads of a dataset; raises TooMuchWork when `effort` has no step left.

    `hash_name` (of hashlib) is a parameter of the algorithm and decides the order of labels.
    """
    dataset = dataset if isinstance(dataset, Dataset) else Dataset(dataset)
    return _Canonicalizer(dataset, effort or Effort(), hash_name).run()


class _Issuer:
    """Issues labels in the order of first asking (4.5)."""

    def __init__(self, prefix: str, issued: dict[str, str] | None = None) -> None:
        self.prefix = prefix
        self.issued = {} if issued is None else issued

    def issue(self, label: str) -> str:
        return self.issued.setdefault(label, f"{self.prefix}{len(self.issued)}")

    def copy(self) -> _Issuer:
        return _Issuer(self.prefix, dict(self.issued))


def _line(quad: Quad) -> str:
    subject, predicate, obj, graph = quad
    return (
        f"{subject} {predicate} {obj} {graph} .\n" if graph else f"{subject} {predicate} {obj} .\n"
    )


class _Canonicalizer:
    def __init__(self, dataset: Dataset, effort: Effort, hash_name: str) -> None:
        self._hash = getattr(hashlib, hash_name)
        self.step = effort.step
        self.level = 0
        self.canonical = _Issuer("_:c14n")
        self.lines = set(dataset.lines)
        self.tails = {label: list(set(tails)) for label, tails in dataset.tails.items() if tails}
        self.links = set(dataset.links)
        self.first_degree = self._hash_first_degree()
        self._links_of: dict[str, list[Quad]] | None = None

    def run(self) -> str:
        """The algorithm of 4.4.3: unique hashes first, then the ties."""
        by_hash: dict[str, list[str]] = defaultdict(list)
        for label, digest in self.first_degree.items():
            by_hash[digest].append(label)
        groups = [labels for _, labels in sorted(by_hash.items())]
        for labels in groups:
            if len(labels) == 1:
                self.canonical.issue(labels[0])
        for labels in groups:
            if len(labels) > 1:
                self._settle(labels)
        return self._written()

    def _written(self) -> str:
        issued = self.canonical.issued
        lines = [*self.lines]
        for subject, predicate, obj, graph in self.links:
            subject, obj = issued.get(subject, subject), issued.get(obj, obj)
            lines.append(_line((subject, predicate, obj, issued.get(graph, graph))))
        for label, tails in self.tails.items():
            name = issued[label]
            lines += [name + tail for tail in tails]
        lines.sort()
        return "".join(lines)

    def _hash_first_degree(self) -> dict[str, str]:
        """4.6: a node's quads with itself written _:a and every other blank node _:z."""
        masked = {label: ["_:a" + tail for tail in tails] for label, tails in self.tails.items()}
        for quad in self.links:
            subject, predicate, obj, graph = quad
            if graph or subject == obj:
                for label in _labels(quad):
                    masked.setdefault(label, []).append(_masked(quad, label))
            elif subject[0] == "_":
                masked.setdefault(subject, []).append(f"_:a {predicate} _:z .\n")
                masked.setdefault(obj, []).append(f"_:z {predicate} _:a .\n")
            else:
                masked.setdefault(obj, []).append(f"{subject} {predicate} _:a .\n")
        return {label: self._digest("".join(sorted(lines))) for label, lines in masked.items()}

    @property
    def links_of(self) -> dict[str, list[Quad]]:
        """The quads that tie each nameless node to others, wanted only where hashes are equal."""
        if self._links_of is None:
            self._links_of = defaultdict(list)
            for quad in self.links:
                for label in _labels(quad):
                    self._links_of[label].append(quad)
        return self._links_of

    def _settle(self, labels: list[str]) -> None:
        results: list[tuple[str, _Issuer]] = []
        for label in labels:
            if label not in self.canonical.issued:
                issuer = _Issuer("_:b")
                issuer.issue(label)
                results.append(self._hash_n_degree(label, issuer))
        for _, issuer in sorted(results, key=lambda result: result[0]):
            for label in issuer.issued:
                self.canonical.issue(label)

    def _digest(self, text: str) -> str:
        digest: str = self._hash(text.encode()).hexdigest()
        return digest

    def _hash_related(self, related: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        """4.7."""
        self.step()
        known = self.canonical.issued.get(related) or issuer.issued.get(related)
        predicate = "" if position == "g" else quad[1]
        return self._digest(position + predicate + (known or self.first_degree[related]))

    def _related_by_hash(self, label: str, issuer: _Issuer) -> dict[str, list[str]]:
        related: dict[str, list[str]] = defaultdict(list)
        for quad in self.links_of[label]:
            for position, term in (("s", quad[0]), ("o", quad[2]), ("g", quad[3])):
                if term[:1] == "_" and term != label:
                    related[self._hash_related(term, quad, issuer, position)].append(term)
        return related

    def _hash_n_degree(self, label: str, issuer: _Issuer) -> tuple[str, _Issuer]:
        """4.8: a digest over the node's blank neighbours in the best of their orders."""
        self.level += 1
        if self.level > MAX_LEVELS:
            raise TooMuchWork("Its parts are tied together in a chain longer than badges have.")
        data = ""
        for digest, neighbours in sorted(self._related_by_hash(label, issuer).items()):
            chosen_path = ""
            chosen = issuer
            # One neighbour in several quads has one order, however often it is counted.
            one = len(set(neighbours)) == 1
            for order in [tuple(neighbours)] if one else permutations(neighbours):
                # Copying the issuer is work too, though less than the rest.
                self.step(len(order) + len(issuer.issued) // 32)
                found = self._path(order, issuer.copy(), chosen_path)
                if found is not None and (not chosen_path or found[0] < chosen_path):
                    chosen_path, chosen = found
            data += digest + chosen_path
            issuer = chosen
        self.level -= 1
        return self._digest(data), issuer

    def _path(
        self, order: tuple[str, ...], issuer: _Issuer, best: str
    ) -> tuple[str, _Issuer] | None:
        """4.8.2 step 5.4 for one permutation; None as soon as it cannot beat `best`."""

        def beaten(path: str) -> bool:
            return bool(best) and len(path) >= len(best) and path > best

        path = ""
        unvisited = []
        for neighbour in order:
            canonical = self.canonical.issued.get(neighbour)
            if canonical is None:
                if neighbour not in issuer.issued:
                    unvisited.append(neighbour)
                canonical = issuer.issue(neighbour)
            path += canonical
            if beaten(path):
                return None
        for neighbour in unvisited:
            digest, deeper = self._hash_n_degree(neighbour, issuer)
            path += f"{issuer.issue(neighbour)}<{digest}>"
            issuer = deeper
            if beaten(path):
                return None
        return path, issuer


def _labels(quad: Quad) -> set[str]:
    subject, _, obj, graph = quad
    return {term for term in (subject, obj, graph) if term[:1] == "_"}


def _masked(quad: Quad, label: str) -> str:
    subject, predicate, obj, graph = (
        ("_:a" if term == label else "_:z") if term[:2] == "_:" else term for term in quad
    )
    return _line((subject, predicate, obj, graph))
