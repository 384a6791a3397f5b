"""RDF Dataset Canonicalization (RDFC-1.0) with a counted bound on its work.

A dataset here is a set of quads; each of a quad's four places is a term as N-Quads writes it
("<iri>", "_:label", '"text"^^<iri>'), the graph of the default graph being "". Blank nodes that
nothing tells apart are compared by trying their permutations, which a hostile document can make
astronomically many: every hash taken there counts as one step and the bound stops it.

Source: W3C RDF Dataset Canonicalization 1.0, sections 4.4 to 4.8 (numbers in comments).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from hashlib import new as new_hash
from itertools import permutations
from typing import Final

from credentials.openbadges.errors import TooMuchWork

Quad = tuple[str, str, str, str]

#: Badges of any honest shape need a few dozen steps and one or two levels.
MAX_STEPS: Final = 10_000
MAX_LEVELS: Final = 64


def canonicalize(
    quads: Iterable[Quad], *, max_steps: int = MAX_STEPS, hash_name: str = "sha256"
) -> str:
    """The canonical N-Quads of a dataset; raises TooMuchWork after `max_steps` counted steps.

    `hash_name` (of hashlib) is a parameter of the algorithm and decides the order of labels.
    """
    return _Canonicalizer(set(quads), max_steps, hash_name).run()


class _Issuer:
    """Issues labels in the order of first asking (4.5)."""

    def __init__(self, prefix: str, issued: dict[str, str] | None = None) -> None:
        self.prefix = prefix
        self.issued = {} if issued is None else issued

    def issue(self, label: str) -> str:
        return self.issued.setdefault(label, f"{self.prefix}{len(self.issued)}")

    def copy(self) -> _Issuer:
        return _Issuer(self.prefix, dict(self.issued))


def _is_blank(term: str) -> bool:
    return term.startswith("_:")


def _line(quad: Quad) -> str:
    subject, predicate, obj, graph = quad
    return (
        f"{subject} {predicate} {obj} {graph} .\n" if graph else f"{subject} {predicate} {obj} .\n"
    )


class _Canonicalizer:
    def __init__(self, quads: set[Quad], max_steps: int, hash_name: str) -> None:
        self.quads = quads
        self.hash_name = hash_name
        self.steps_left = max_steps
        self.level = 0
        self.canonical = _Issuer("_:c14n")
        self.quads_of: dict[str, list[Quad]] = defaultdict(list)
        for quad in quads:
            for label in {term for term in quad if _is_blank(term)}:
                self.quads_of[label].append(quad)
        self.first_degree = {label: self._hash_first_degree(label) for label in self.quads_of}

    def run(self) -> str:
        """The algorithm of 4.4.3: unique hashes first, then the ties."""
        by_hash: dict[str, list[str]] = defaultdict(list)
        for label, digest in self.first_degree.items():
            by_hash[digest].append(label)
        for _, labels in sorted(by_hash.items()):
            if len(labels) == 1:
                self.canonical.issue(labels[0])
        for _, labels in sorted(by_hash.items()):
            if len(labels) > 1:
                self._settle(labels)
        return "".join(sorted(_line(self._relabelled(quad)) for quad in self.quads))

    def _relabelled(self, quad: Quad) -> Quad:
        issued = self.canonical.issued
        subject, predicate, obj, graph = quad
        return (
            issued.get(subject, subject),
            predicate,
            issued.get(obj, obj),
            issued.get(graph, graph),
        )

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
        return new_hash(self.hash_name, text.encode()).hexdigest()

    def _step(self) -> None:
        self.steps_left -= 1
        if self.steps_left < 0:
            raise TooMuchWork("Its parts are tied together so that checking would never end.")

    def _hash_first_degree(self, label: str) -> str:
        """4.6: the node's quads with itself written _:a and every other blank node _:z."""

        def masked(term: str) -> str:
            if not _is_blank(term):
                return term
            return "_:a" if term == label else "_:z"

        lines = sorted(
            _line((masked(s), p, masked(o), masked(g))) for s, p, o, g in self.quads_of[label]
        )
        return self._digest("".join(lines))

    def _hash_related(self, related: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        """4.7."""
        self._step()
        known = self.canonical.issued.get(related) or issuer.issued.get(related)
        predicate = "" if position == "g" else quad[1]
        return self._digest(position + predicate + (known or self.first_degree[related]))

    def _related_by_hash(self, label: str, issuer: _Issuer) -> dict[str, list[str]]:
        related: dict[str, list[str]] = defaultdict(list)
        for quad in self.quads_of[label]:
            for position, term in (("s", quad[0]), ("o", quad[2]), ("g", quad[3])):
                if _is_blank(term) and term != label:
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
                self._step()
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
