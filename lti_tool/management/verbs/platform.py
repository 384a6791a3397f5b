"""`lc platform`: make an LMS known here, give its deployments a program, look after our keys."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lti_tool.models import Registration


def configure(parser: argparse.ArgumentParser) -> None:
    """One sub-command for each thing that an operator does."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("show", help="what to paste into the LMS")
    actions.add_parser("list", help="platforms, deployments and their programs")
    add = actions.add_parser("add", help="make an LMS known; the same client id again changes it")
    add.add_argument("name", help="as staff will read it, for example “Lakeshore Moodle”")
    add.add_argument("--issuer", required=True, help="iss, exactly as the LMS writes it")
    add.add_argument("--client-id", required=True)
    add.add_argument("--auth-url", required=True, help="OpenID Connect log-in of the LMS")
    add.add_argument("--jwks-url", required=True, help="public keys of the LMS")
    add.add_argument("--token-url", default="", help="access tokens, for grades")
    add.add_argument("--token-audience", default="", help="where it differs from the token URL")
    add.add_argument(
        "--frame", action="append", default=[], metavar="ORIGIN", help="other page that embeds us"
    )
    add.add_argument("--deployment", help="deployment id; with --program it is approved at once")
    add.add_argument("--program", help="short name of the program that its learners join")
    approve = actions.add_parser("approve", help="give a deployment its program, for good")
    approve.add_argument("client_id")
    approve.add_argument("deployment")
    approve.add_argument("program")
    approve.add_argument("--issuer", default="", help="where two issuers share the client id")
    for action, told in (("off", "refuse all its launches"), ("on", "accept them again")):
        switch = actions.add_parser(action, help=told)
        switch.add_argument("client_id")
        switch.add_argument("--issuer", default="", help="where two issuers share the client id")
    rotate = actions.add_parser("rotate-key", help="sign with the next key from now on")
    rotate.add_argument("--now", action="store_true", help="though platforms may not know it yet")
    log = actions.add_parser("log", help="the newest launches and refusals, of everybody")
    log.add_argument("--limit", type=int, default=20)


def run(arguments: argparse.Namespace) -> int:
    """Each action says what became true and what comes next."""
    actions = {
        "show": _show,
        "list": _list,
        "add": _add,
        "approve": _approve,
        "off": _switch,
        "on": _switch,
        "rotate-key": _rotate,
        "log": _log,
    }
    return actions[arguments.action](arguments)


def _add(arguments: argparse.Namespace) -> int:
    from django.db import transaction
    from django.utils import timezone

    from credentials.errors import Invalid
    from lti_tool import registration

    if bool(arguments.deployment) != bool(arguments.program):
        raise Invalid("--deployment and --program go together: a deployment gets one program.")
    platform = registration.Platform(
        name=arguments.name,
        issuer=arguments.issuer,
        client_id=arguments.client_id,
        auth_url=arguments.auth_url,
        jwks_url=arguments.jwks_url,
        token_url=arguments.token_url,
        token_audience=arguments.token_audience,
        frame_origins=tuple(arguments.frame),
    )
    with transaction.atomic():
        try:
            row = registration.add_platform(platform, now=timezone.now())
        except Invalid as fault:
            raise Invalid(
                "\n  ".join([fault.message, *(p.message for p in fault.problems)])
            ) from None
        if arguments.deployment:
            registration.approve(
                row,
                deployment_id=arguments.deployment,
                program=registration.program_named(arguments.program),
                now=timezone.now(),
            )
    print(f"{row.name} is known here.")
    if arguments.deployment:
        print(f"Launches of deployment {arguments.deployment} are accepted.")
    else:
        print(
            "Its launches are refused until their deployment has a program:\n"
            f"  lc platform approve {row.client_id} DEPLOYMENT PROGRAM"
        )
    return _show(arguments)


def _show(arguments: argparse.Namespace) -> int:
    from lti_tool.registration import tool_addresses

    ours = tool_addresses()
    print("\nPaste into the LMS:")
    for label, value in (
        ("Tool URL (target link)", ours.launch),
        ("Login initiation URL", ours.login),
        ("Redirect URI", ours.launch),
        ("Deep linking (content selection) URL", ours.launch),
        ("Public keyset URL (JWKS)", ours.jwks),
        ("Message types", "LtiResourceLinkRequest, LtiDeepLinkingRequest"),
        ("Grade services", "line items, scores and results"),
        ("To open a module without the picker", f"custom parameter {ours.module_parameter}=I.1"),
    ):
        print(f"  {label + ':':<40}{value}")
    return 0


def _list(arguments: argparse.Namespace) -> int:
    from lti_tool.models import Registration

    rows = Registration.objects.prefetch_related("deployments__program").order_by("name", "pk")
    for row in rows:
        state = "" if row.active else "  (off)"
        print(f"{row.name}{state}\n  issuer {row.issuer}\n  client {row.client_id}")
        for deployment in row.deployments.all():
            program = deployment.program.slug if deployment.program else "waits for a program"
            print(f"  deployment {deployment.deployment_id}: {program}")
    if not rows:
        print("No platform is known here yet: lc platform add --help")
    return 0


def _approve(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from lti_tool import registration

    program = registration.program_named(arguments.program)
    registration.approve(
        _named(arguments), deployment_id=arguments.deployment, program=program, now=timezone.now()
    )
    print(
        f"Deployment {arguments.deployment} belongs to {program.name}; its launches are accepted."
    )
    return 0


def _switch(arguments: argparse.Namespace) -> int:
    row = _named(arguments)
    row.active = arguments.action == "on"
    row.save(update_fields=["active"])
    print(f"{row.name} is {arguments.action}.")
    return 0


def _rotate(arguments: argparse.Namespace) -> int:
    from django.utils import timezone

    from credentials.errors import Closed
    from lti_tool import toolkeys

    now = timezone.now()
    if not arguments.now and not toolkeys.next_is_known(now=now):
        raise Closed(
            "The next key was published less than a day ago; platforms that keep our key set may "
            "not know it. Wait, or say --now if the old key must go."
        )
    print(f"The tool signs with {toolkeys.rotate(now=now).kid} from now on.")
    return 0


def _log(arguments: argparse.Namespace) -> int:
    from lti_tool.models import LaunchLog

    rows = LaunchLog.objects.select_related("registration").order_by("-at", "-pk")
    for row in rows[: arguments.limit]:
        print(f"{row.at:%Y-%m-%d %H:%M:%S}  {row.code:<8} {row.registration or '-'}  {row.cause}")
    return 0


def _named(arguments: argparse.Namespace) -> Registration:
    from credentials.errors import Invalid, NotFound
    from lti_tool.models import Registration

    rows = Registration.objects.filter(client_id=arguments.client_id)
    if arguments.issuer:
        rows = rows.filter(issuer=arguments.issuer)
    found = [row for row in rows if row.client_id == arguments.client_id]
    if not found:
        raise NotFound(f"There is no client id {arguments.client_id}: lc platform list")
    if len(found) > 1:
        raise Invalid("Several platforms gave this client id: name one with --issuer.")
    return found[0]
