"""The Django app of the LTI door."""

from django.apps import AppConfig


class LtiToolConfig(AppConfig):
    """People of the site, launches, sign-in."""

    name = "lti_tool"
    label = "lc_lti"
    verbose_name = "Learner-centered LTI tool"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listens to what the house announces; brings its own work."""
        from credentials import signals, work
        from lti_tool import accounts, delivery, outbox, toolkeys

        signals.master_key_changed.connect(accounts.reseal, dispatch_uid="lti_tool.reseal")
        signals.master_key_changed.connect(toolkeys.reseal, dispatch_uid="lti_tool.reseal_keys")
        signals.submission_submitted.connect(outbox.submitted, dispatch_uid="lti_tool.submitted")
        signals.submission_withdrawn.connect(outbox.withdrawn, dispatch_uid="lti_tool.withdrawn")
        signals.submission_decided.connect(outbox.decided, dispatch_uid="lti_tool.decided")
        signals.award_revoked.connect(outbox.revoked, dispatch_uid="lti_tool.revoked")
        work.serve(outbox.KIND, delivery.deliver)
