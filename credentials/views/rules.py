"""The administrators' page of pass rules: each module's rule and what the others would do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from course_content.catalog import RuleKind
from course_content.loading import load
from credentials import api
from credentials.views.shell import actor_of

NAMES = {
    RuleKind.ALL_REQUIRED: "Every indicator required",
    RuleKind.FLOORS_AND_MEAN: "Floor and mean",
    RuleKind.TOTAL: "Total of levels",
}


@require_GET
def program_rules(request: HttpRequest) -> HttpResponse:
    """Every module with its rule as stated, the two others, and who would pass by each."""
    rules = api.pass_rules(actor_of(request))
    framework = load().framework
    modules = [
        {
            "view": module,
            "competency": framework.competency(module.competency),
            "domain": framework.domain_of(module.competency).letter,
            "rules": [
                {
                    "name": NAMES[RuleKind(rule.kind)],
                    "view": rule,
                    "percents": [round(share * 100) for share in rule.shares],
                }
                for rule in module.rules
            ],
        }
        for module in rules.modules
    ]
    context = {
        "rules": rules,
        "modules": modules,
        "percents": [round(chance * 100) for chance in rules.chances],
    }
    return render(request, "lc_credentials/review/rules.html", context)


urlpatterns = [path("lc/program/rules", program_rules, name="program-rules")]
