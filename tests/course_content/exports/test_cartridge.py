"""The cartridge: its manifest is complete, and every link is built as Common Cartridge 1.3 asks."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from lxml import etree

from course_content.exports.cartridge import (
    BLTI,
    CP,
    LINK_TYPE,
    LTICM,
    MODULE_PARAMETER,
    cartridge,
)
from course_content.loading import load
from credentials.cli import main

BASE = "https://badges.example.edu"


@pytest.fixture(scope="module")
def archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(cartridge(load(), BASE)))


@pytest.fixture(scope="module")
def manifest(archive: zipfile.ZipFile) -> etree._Element:
    return etree.fromstring(archive.read("imsmanifest.xml"))


def test_manifest_says_what_it_is(manifest: etree._Element) -> None:
    assert manifest.tag == f"{{{CP}}}manifest"
    assert manifest.findtext(f".//{{{CP}}}schema") == "IMS Common Cartridge"
    assert manifest.findtext(f".//{{{CP}}}schemaversion") == "1.3.0"


def test_manifest_names_every_file_and_no_other(
    archive: zipfile.ZipFile, manifest: etree._Element
) -> None:
    named = [file.get("href") for file in manifest.iter(f"{{{CP}}}file")]

    assert sorted([*named, "imsmanifest.xml"]) == sorted(archive.namelist())


def test_every_item_with_a_reference_has_its_resource(manifest: etree._Element) -> None:
    referred = [item.get("identifierref") for item in manifest.iter(f"{{{CP}}}item")]
    resources = {r.get("identifier"): r.get("type") for r in manifest.iter(f"{{{CP}}}resource")}

    assert sorted(filter(None, referred)) == sorted(resources)
    assert set(resources.values()) == {LINK_TYPE}


def test_identifiers_are_unique(manifest: etree._Element) -> None:
    found = [e.get("identifier") for e in manifest.iter() if e.get("identifier")]

    assert len(found) == len(set(found))


def test_one_root_item_holds_the_domains_in_order(manifest: etree._Element) -> None:
    organization = manifest.find(f".//{{{CP}}}organization")
    assert organization is not None
    assert organization.get("structure") == "rooted-hierarchy"
    assert len(organization) == 1
    domains = [d.code for d in load().framework.domains if offered(d)]
    assert [item.get("identifier") for item in organization[0]] == [f"domain-{c}" for c in domains]


def offered(domain) -> bool:  # type: ignore[no-untyped-def]  # a Domain
    return any(c.code in load().modules for c in domain.competencies)


@pytest.mark.parametrize("code", sorted(load().modules))
def test_link_launches_its_module(archive: zipfile.ZipFile, code: str) -> None:
    link = etree.fromstring(archive.read(f"links/{code}.xml"))
    custom = link.find(f".//{{{LTICM}}}property")

    assert link.findtext(f"{{{BLTI}}}title") == f"{code} {load().module(code).title}"
    assert link.findtext(f"{{{BLTI}}}secure_launch_url") == f"{BASE}/lti/launch"
    assert custom is not None
    assert (custom.get("name"), custom.text) == (MODULE_PARAMETER, code)


def test_same_content_gives_the_same_bytes() -> None:
    assert cartridge(load(), BASE) == cartridge(load(), BASE)


def test_command_writes_both(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]  # fixtures
    case, cc = tmp_path / "case.json", tmp_path / "modules.imscc"

    assert main(["content", "export", "--case", str(case), "--base-url", BASE]) == 0
    assert main(["content", "export", "--cc", str(cc), "--base-url", BASE + "/"]) == 0

    assert len(json.loads(case.read_text())["CFItems"]) == 4 + 21 + 108 + 36
    assert zipfile.is_zipfile(cc)


def test_command_refuses_an_address_that_is_none(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]  # fixtures
    told = main(["content", "export", "--cc", str(tmp_path / "x"), "--base-url", "badges"])

    assert told == 2
    assert "starts with https://" in capsys.readouterr().out
