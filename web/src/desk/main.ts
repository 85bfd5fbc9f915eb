/** The officers' desk as one file: registers its elements. */

import "./styles/index.css";
import { AccountDialog } from "./accounts/account-dialog";
import { AnnaeDesk } from "./app";
import { DocumentFactsForm } from "./documents/facts-form";
import { JobList } from "./documents/jobs";
import { RecordForm } from "./documents/record-form";
import { UnlockForm } from "./documents/unlock-form";
import { UploadArea } from "./documents/upload";
import { ApproveDialog } from "./inquiry/approve-dialog";
import { AskAgain } from "./inquiry/ask-again";
import { ConflictDialog } from "./inquiry/conflict-dialog";
import { DraftView } from "./inquiry/draft";
import { InquiryHistory } from "./inquiry/history";
import { PassagesDialog } from "./inquiry/passages";
import { ReturnDialog } from "./inquiry/return-dialog";
import { SendDialog } from "./inquiry/send-dialog";
import { SimilarAnswers } from "./inquiry/similar";
import { SourcePane } from "./inquiry/source-pane";
import { AccountsScreen } from "./screens/accounts";
import { AnswersScreen } from "./screens/answers";
import { AuditScreen } from "./screens/audit";
import { DocumentScreen } from "./screens/document";
import { DocumentsScreen } from "./screens/documents";
import { InquiryScreen } from "./screens/inquiry";
import { InsightScreen } from "./screens/insight";
import { PasswordDialog } from "./screens/password-dialog";
import { QueueScreen } from "./screens/queue";
import { SignInDialog, SignInForm } from "./screens/sign-in";
import { TermsScreen } from "./screens/terms";
import { TermDialog } from "./terms/term-dialog";
import { ConfirmDialog } from "./ui/confirm-dialog";
import { DocumentFrame } from "./ui/document-frame";

const ELEMENTS: Record<string, CustomElementConstructor> = {
  "desk-account": AccountDialog,
  "desk-accounts": AccountsScreen,
  "desk-answers": AnswersScreen,
  "desk-approve": ApproveDialog,
  "desk-ask-again": AskAgain,
  "desk-audit": AuditScreen,
  "desk-confirm": ConfirmDialog,
  "desk-conflict": ConflictDialog,
  "desk-document": DocumentScreen,
  "desk-document-frame": DocumentFrame,
  "desk-document-facts": DocumentFactsForm,
  "desk-documents": DocumentsScreen,
  "desk-draft": DraftView,
  "desk-history": InquiryHistory,
  "desk-inquiry": InquiryScreen,
  "desk-insight": InsightScreen,
  "desk-jobs": JobList,
  "desk-passages": PassagesDialog,
  "desk-password-dialog": PasswordDialog,
  "desk-queue": QueueScreen,
  "desk-record": RecordForm,
  "desk-return": ReturnDialog,
  "desk-send": SendDialog,
  "desk-sign-in-dialog": SignInDialog,
  "desk-sign-in-form": SignInForm,
  "desk-similar": SimilarAnswers,
  "desk-source": SourcePane,
  "desk-term": TermDialog,
  "desk-terms": TermsScreen,
  "desk-unlock": UnlockForm,
  "desk-upload": UploadArea,
  // Last: it draws the others.
  "annae-desk": AnnaeDesk,
};

for (const [name, element] of Object.entries(ELEMENTS)) if (!customElements.get(name)) customElements.define(name, element);
