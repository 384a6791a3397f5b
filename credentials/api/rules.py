"""What administrators ask about pass rules: what each module's rule does, and the others would."""

from __future__ import annotations

from course_content.catalog import Module, PassRule
from course_content.loading import load
from credentials.data import Actor, ModuleRulesView, RulesView, RuleView
from credentials.domain import rule as pass_rule
from credentials.errors import NotAllowed

CHANCES = (0.8, 0.9, 0.95)


def pass_rules(actor: Actor) -> RulesView:
    """Every module's rule as stated and the two others at the same line, with their figures.

    Reads the content only. Raises NotAllowed for anybody but an administrator.
    """
    if not actor.has("administrator"):
        raise NotAllowed("Only administrators of this program see this page.")
    catalog = load()
    return RulesView(
        chances=CHANCES,
        assumption=pass_rule.ASSUMPTION,
        modules=tuple(
            _module(catalog.modules[competency.code])
            for competency in catalog.framework.competencies
            if competency.code in catalog.modules
        ),
    )


def _module(module: Module) -> ModuleRulesView:
    rubric = module.rubric
    return ModuleRulesView(
        competency=module.competency.code,
        indicators=len(rubric.rows),
        rules=tuple(
            _rule(module, rule) for rule in pass_rule.alternatives(rubric.rule, rubric.rows)
        ),
    )


def _rule(module: Module, rule: PassRule) -> RuleView:
    rows = module.rubric.rows
    return RuleView(
        kind=rule.kind.value,
        stated=rule == module.rubric.rule,
        sentence=pass_rule.explain(rule, rows),
        shares=tuple(share.share for share in pass_rule.preview(rule, rows, CHANCES)),
        problems=tuple(problem.message for problem in pass_rule.validate(rule, rows)),
    )
