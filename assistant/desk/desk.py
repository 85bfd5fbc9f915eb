"""The desk put together over a workspace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property

from assistant.assistant import PolicyAssistant
from assistant.desk.accounts import Accounts
from assistant.desk.answers import ApprovedAnswers
from assistant.desk.audit import AuditLog
from assistant.desk.casework import Casework
from assistant.desk.claim_check import ClaimCheck
from assistant.desk.clock import Clock
from assistant.desk.database import DeskDatabase
from assistant.desk.documents import DeskDocuments
from assistant.desk.drafts import Drafts
from assistant.desk.inquiries import Inquiries
from assistant.desk.insight import Insight
from assistant.desk.jobs import Jobs
from assistant.desk.oidc import OidcClient, OidcSignIn
from assistant.desk.passwords import Passwords
from assistant.desk.places import Places
from assistant.desk.presence import Presence
from assistant.desk.question_log import QuestionLog
from assistant.desk.retention import Periods, Retention
from assistant.desk.sessions import Sessions
from assistant.desk.terms import Terms
from assistant.generation.grounding.grounder import ClaimGrounder
from assistant.text.lexicon import Lexicon
from assistant.workspace import Workspace


class Desk:
    """The parts of the desk. What needs the assistant or a model is made when first used.

    Args:
        assistant: drafts answers.
        workspace: the documents; its settings give limits.
        clock: gives this moment; the settings' own unless a test has another.
        today: gives the day in the service's time zone, in the same way.
    """

    def __init__(
        self,
        assistant: PolicyAssistant,
        workspace: Workspace,
        clock: Clock | None = None,
        today: Callable[[], date] | None = None,
    ) -> None:
        settings = workspace.settings
        self.workspace = workspace
        self.clock = clock or settings.now
        self.today = today or settings.today
        self._assistant = assistant
        self._database = DeskDatabase(settings.store_url)
        self.audit = AuditLog(self._database, self.clock)
        passwords = Passwords()
        self.accounts = Accounts(self._database, self.audit, passwords, self.clock)
        self.sessions = Sessions(
            self._database,
            self.accounts,
            self.audit,
            passwords,
            self.clock,
            idle=timedelta(minutes=settings.desk_idle_minutes),
            longest=timedelta(hours=settings.desk_session_hours),
        )
        self.presence = Presence(self.clock)
        self.inquiries = Inquiries(self._database, self.audit, self.clock)
        self.jobs = Jobs(self.clock)
        periods = Periods(
            settings.insight_retention_days, settings.conversation_retention_days, settings.inquiry_retention_days
        )
        self.retention = Retention(self._database, self.audit, self.inquiries, self.today, periods)
        self.questions = QuestionLog(
            self._database, lambda: workspace.retriever.query_builder, self.today, self.retention
        )

    @cached_property
    def oidc(self) -> OidcSignIn | None:
        """Signing in with the organisation's account, if it is set up."""
        settings = self.workspace.settings
        secret = settings.oidc_client_secret
        if not (settings.oidc_issuer and settings.oidc_client_id and secret):
            return None
        client = OidcClient(settings.oidc_issuer, settings.oidc_client_id, secret.get_secret_value())
        return OidcSignIn(client, self._database, self.accounts, self.audit, self.clock)

    @cached_property
    def drafts(self) -> Drafts:
        """Makes and checks drafts."""
        terms, lexicon = self.workspace.termbase, Lexicon()
        check = ClaimCheck(ClaimGrounder(terms, lexicon), terms, lexicon)
        return Drafts(self._assistant, self._places, check)

    @cached_property
    def answers(self) -> ApprovedAnswers:
        """Approved answers."""
        workspace = self.workspace
        return ApprovedAnswers(
            self._database, self.audit, workspace.store, self._places, workspace.embedder, self.clock
        )

    @cached_property
    def casework(self) -> Casework:
        """What officers do with inquiries."""
        return Casework(
            self._database, self.inquiries, self.answers, self.drafts, self.accounts, self.presence, self.today
        )

    @cached_property
    def documents(self) -> DeskDocuments:
        """What editors do with documents."""
        return DeskDocuments(self.workspace, self.jobs, self.answers, self.audit)

    @cached_property
    def terms(self) -> Terms:
        """The termbase editor."""
        return Terms(self.workspace.termbase, self.audit)

    @cached_property
    def insight(self) -> Insight:
        """What people ask and how it ends."""
        workspace = self.workspace
        days = workspace.settings.insight_retention_days
        return Insight(self._database, workspace.store, workspace.embedder, self.inquiries, days)

    @cached_property
    def _places(self) -> Places:
        return Places(self.workspace.store)

    def start(self) -> None:
        """Clear what an earlier process left, and delete what is too old, now and every day."""
        self.documents.clear_uploads()
        self.questions.start()

    def close(self) -> None:
        """Finish what is under way and give the connections back."""
        self.jobs.close()
        self.questions.close()
        self._database.close()
