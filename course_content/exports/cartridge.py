"""The modules as a Common Cartridge 1.3: one LTI link per competency, in the framework's order.

Source: 1EdTech Common Cartridge 1.3 Implementation, sections on the package and on LTI links. An
LMS imports the archive into a course; each link launches the tool, which opens that module.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime
from uuid import uuid5

from lxml import etree

from course_content.catalog import NAMESPACE, Catalog, Module

CP = "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"
LOM = "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest"
LTICC = "http://www.imsglobal.org/xsd/imslticc_v1p3"
BLTI = "http://www.imsglobal.org/xsd/imsbasiclti_v1p0"
LTICM = "http://www.imsglobal.org/xsd/imslticm_v1p0"
LTICP = "http://www.imsglobal.org/xsd/imslticp_v1p0"
LINK_TYPE = "imsbasiclti_xmlv1p3"
MANIFEST = "imsmanifest.xml"
#: The custom parameter by which a launch names its module; the LTI door reads the same.
MODULE_PARAMETER = "lc_module"


def cartridge(catalog: Catalog, base_url: str) -> bytes:
    """The archive; the same catalog and address give the same bytes.

    `base_url` is the tool's, without a slash at the end; it stands in every link.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        _write(archive, MANIFEST, _manifest(catalog), catalog)
        for module in _in_order(catalog):
            _write(archive, _path(module), _link(module, base_url), catalog)
    return packed.getvalue()


def _in_order(catalog: Catalog) -> Iterable[Module]:
    codes = (competency.code for competency in catalog.framework.competencies)
    return [catalog.modules[code] for code in codes if code in catalog.modules]


def _manifest(catalog: Catalog) -> etree._Element:
    framework = catalog.framework
    root = etree.Element(
        f"{{{CP}}}manifest",
        nsmap={None: CP, "lomimscc": LOM},  # type: ignore[dict-item]  # None is the default namespace
        attrib={"identifier": f"cc-{uuid5(NAMESPACE, 'cartridge')}"},
    )
    metadata = etree.SubElement(root, f"{{{CP}}}metadata")
    _text(metadata, CP, "schema", "IMS Common Cartridge")
    _text(metadata, CP, "schemaversion", "1.3.0")
    general = etree.SubElement(etree.SubElement(metadata, f"{{{LOM}}}lom"), f"{{{LOM}}}general")
    for name, words in (
        ("title", framework.title),
        ("description", f"Micro-credentials on {framework.citation} {framework.licence_name}."),
    ):
        string = etree.SubElement(
            etree.SubElement(general, f"{{{LOM}}}{name}"), f"{{{LOM}}}string", language="en"
        )
        string.text = words
    organizations = etree.SubElement(root, f"{{{CP}}}organizations")
    organization = etree.SubElement(
        organizations, f"{{{CP}}}organization", identifier="tree", structure="rooted-hierarchy"
    )
    top = etree.SubElement(organization, f"{{{CP}}}item", identifier="root")
    resources = etree.SubElement(root, f"{{{CP}}}resources")
    for domain in framework.domains:
        offered = [
            catalog.modules[c.code] for c in domain.competencies if c.code in catalog.modules
        ]
        if not offered:
            continue
        folder = etree.SubElement(top, f"{{{CP}}}item", identifier=f"domain-{domain.code}")
        _text(folder, CP, "title", domain.short_name)
        for module in offered:
            item = etree.SubElement(
                folder,
                f"{{{CP}}}item",
                identifier=f"item-{module.competency.code}",
                identifierref=f"link-{module.competency.code}",
            )
            _text(item, CP, "title", _title(module))
            resource = etree.SubElement(
                resources,
                f"{{{CP}}}resource",
                identifier=f"link-{module.competency.code}",
                type=LINK_TYPE,
            )
            etree.SubElement(resource, f"{{{CP}}}file", href=_path(module))
    return root


def _link(module: Module, base_url: str) -> etree._Element:
    root = etree.Element(
        f"{{{LTICC}}}cartridge_basiclti_link",
        nsmap={None: LTICC, "blti": BLTI, "lticm": LTICM, "lticp": LTICP},  # type: ignore[dict-item]  # as above
    )
    _text(root, BLTI, "title", _title(module))
    _text(root, BLTI, "description", module.tagline)
    custom = etree.SubElement(root, f"{{{BLTI}}}custom")
    etree.SubElement(
        custom, f"{{{LTICM}}}property", name=MODULE_PARAMETER
    ).text = module.competency.code
    _text(root, BLTI, "launch_url", f"{base_url}/lti/launch")
    _text(root, BLTI, "secure_launch_url", f"{base_url}/lti/launch")
    vendor = etree.SubElement(root, f"{{{BLTI}}}vendor")
    _text(vendor, LTICP, "code", "learner-centered-credentials")
    _text(vendor, LTICP, "name", "Learner-Centered Leadership")
    return root


def _title(module: Module) -> str:
    return f"{module.competency.code} {module.title}"


def _path(module: Module) -> str:
    return f"links/{module.competency.code}.xml"


def _text(parent: etree._Element, namespace: str, name: str, words: str) -> None:
    etree.SubElement(parent, f"{{{namespace}}}{name}").text = words


def _write(archive: zipfile.ZipFile, name: str, document: etree._Element, catalog: Catalog) -> None:
    stamp = datetime.fromisoformat(catalog.framework.modified)
    info = zipfile.ZipInfo(name, date_time=stamp.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(
        info, etree.tostring(document, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    )
