"""`lc content export`: the framework as CASE, the modules as a Common Cartridge."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

needs_django = False


def configure(parser: argparse.ArgumentParser) -> None:
    """What to write, where to, and under which address it will be reached."""
    parser.add_argument("action", choices=["export"])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--case", type=Path, metavar="FILE", help="CASE 1.1 package (JSON)")
    what.add_argument("--cc", type=Path, metavar="FILE", help="Common Cartridge 1.3 (.imscc)")
    parser.add_argument(
        "--base-url", required=True, help="address of the installation, no slash at the end"
    )


def run(arguments: argparse.Namespace) -> int:
    """Replaces the file; says what it wrote."""
    from course_content.exports.cartridge import cartridge
    from course_content.exports.case import case_package
    from course_content.loading import load

    base_url = str(arguments.base_url).rstrip("/")
    if not base_url.startswith(("https://", "http://")):
        print("--base-url starts with https://, for example https://badges.example.edu")
        return 2
    catalog = load()
    if arguments.case:
        package = case_package(catalog.framework, base_url, catalog.modules.values())
        arguments.case.write_text(json.dumps(package, ensure_ascii=False, indent=1), "utf-8")
        print(f"{arguments.case}: {len(package['CFItems'])} items, CASE 1.1")
        return 0
    arguments.cc.write_bytes(cartridge(catalog, base_url))
    print(f"{arguments.cc}: {len(catalog.modules)} links, Common Cartridge 1.3")
    return 0
