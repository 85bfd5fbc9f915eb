import { dateParts, periodParts } from "./dates";
import type { Catalogue } from "./catalogue";
import { eligibility, inquiry } from "./dialogues.en";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

const day = (iso: string): string => {
  const parts = dateParts(iso);
  if (!parts) return iso;
  const { year, month, day } = parts;
  return [day, month && MONTHS[month - 1], year].filter(Boolean).join(" ");
};

/** Two days, what they share said once: 9–10 March 2027, 30 March – 2 April 2027. */
const spanOf = (first: string, last: string): string => {
  const [begin, end] = [dateParts(first), dateParts(last)];
  if (!begin || !end || begin.year !== end.year) return `${day(first)} – ${day(last)}`;
  if (begin.day !== undefined && begin.month === end.month) return `${begin.day}–${day(last)}`;
  return `${day(first).replace(/ \d{4}$/, "")} – ${day(last)}`;
};

const some = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

export const en: Catalogue = {
  language: "en",
  name: "Annae",
  tagline: "Policy questions",
  launcher: "Ask about policy",
  close: "Close",
  clear: "Clear the conversation",
  clearQuestion: "Delete the whole conversation kept in this browser?",
  clearConfirm: "Delete",
  cancel: "Cancel",
  otherLanguage: "한국어",
  switchLanguage: "한국어로 바꾸기",
  switched: "The screen is in English now.",
  conversation: "Conversation",
  welcome: "I answer from policy papers, press releases and notices. Each sentence carries a number; press it to see the passage it rests on.",
  starters: ["How large is the PIS fund?", "Which countries have a smart city cooperation center?", "What does K-City Network pay for?"],
  startersHead: "Questions to try",
  inputLabel: "Question",
  inputHint: "Write your question",
  privacy: "Please leave out personal data such as ID or phone numbers.",
  send: "Send",
  stop: "Stop the answer",
  you: "Question",
  answer: "Answer",
  steps: {
    retrieving: "Searching the documents",
    composing: "Checking the answer against its sources",
    falling_back: "Taking the answer straight from the documents",
    resuming: "The connection broke; taking the answer up again",
  },
  waiting: "Question sent",
  statuses: {
    answered: "Answer",
    partial: "Partial answer",
    no_evidence: "The documents do not say",
    out_of_scope: "Out of scope",
    refused: "Not answered",
    clarify: "Please clarify",
  },
  arrived: (claims, sources) =>
    claims ? `The answer is here: ${some(claims, "sentence")}, ${some(sources, "source")}.` : sources ? `Below: what comes nearest, ${some(sources, "passage")}.` : "",
  citation: (number, title) => `Source ${number}: ${title}`,
  citationPending: (number) => `Source ${number}, loading`,
  sources: "Sources",
  source: "Source",
  backToAnswer: "Back to the answer",
  back: "Back",
  backToChat: "Back to the chat",
  publisher: "Publisher",
  published: "Published",
  undated: "undated",
  section: "Section",
  page: (number) => `page\u00a0${number}`,
  recognised: (percent) => `read by OCR, ${percent}% sure`,
  quotation: "Quotation",
  originalIn: { ko: "Korean original", en: "English original" },
  originalNote: "This source is in the other language. The quotation is the original, not a translation.",
  documentView: "In the document",
  openDocument: "Open the document",
  newWindow: "new window",
  frameRefused: "This site does not let the document be shown here. Please open it below.",
  noticesHead: "Please note",
  notices: {
    plan: "Plan",
    past_event: "Past date",
    stale: "Date of the source",
    conflict: "Sources differ",
    partial: "Not covered",
    unofficial_name: "Unofficial name",
    llm_fallback: "Taken from the documents",
    other: "Note",
  },
  moreNotices: (count) => `${count} more of this kind`,
  nearest: "Nearest passages",
  suggestions: "You could ask next",
  contact: "Contact",
  contactLink: "Ask a person",
  copy: "Copy with sources",
  copied: "Copied",
  copyFailed: "Copying did not work. Please select the answer and copy it.",
  helpful: "This helped",
  notHelpful: "This did not help",
  feedbackHead: "What was missing?",
  feedbackReasons: ["It is wrong", "The source does not match", "Something is left out", "It is out of date", "Hard to understand"],
  feedbackMore: "Anything else (optional)",
  feedbackSend: "Send feedback",
  feedbackThanks: "Thank you for telling us.",
  feedbackFailed: "Your feedback did not arrive. Please try again in a moment.",
  failures: {
    offline: "You are offline. Please try again once you are connected.",
    network: "The service could not be reached. Please try again in a moment.",
    timeout: "No answer came in time. Please try again.",
    cut: "The connection broke while the answer was coming.",
    invalid: "This question cannot be sent. Please change it.",
    absent: "This service does not offer that.",
    busy: "Too many requests at the moment. Please try again in a little while.",
    server: "Something went wrong on the server. Please try again in a moment.",
    stopped: "You stopped the answer.",
  },
  cutKept: "The sentences that came before it are checked.",
  retry: "Try again",
  goOn: "Go on with the answer",
  editQuestion: "Edit the question",
  offline: "You are offline. What you wrote is kept.",
  tooLong: (limit) => `A question may have up to ${limit.toLocaleString("en")} characters.`,
  recordTypes: { event: "Event", program: "Program", tender: "Tender", task: "Task" },
  recordStatuses: { upcoming: "Upcoming", open: "Open", closed: "Closed", past: "Past", cancelled: "Cancelled", planned: "Planned" },
  deadlineKinds: { fixed: "Fixed date", rolling: "Open all year", until_budget: "Until the budget is used up", relative: "As the document states", none: "No deadline stated" },
  untilBudget: "or until the budget is used up",
  when: "When",
  periodOf: "Period",
  deadline: "Deadline",
  place: "Where",
  online: "Online",
  organiser: "Organiser",
  amount: "Amount",
  rate: "Rate",
  share: "Share paid",
  eligible: "For whom",
  requirements: "Requirements",
  howToApply: "How to apply",
  country: "Country",
  owner: "In charge",
  person: "Who to ask",
  records: "Dates and programs in the documents",
  moreRecords: (count) => `${count} more`,
  asOf: (day) => `As of ${day}`,
  yearInferred: "The document gives no year; it is taken from its date of publication.",
  amended: "Changed by a later notice",
  changedFields: {
    title: "Name", start: "First day", end: "Last day", deadline: "Deadline", deadline_time: "Time of the deadline", deadline_kind: "Kind of deadline", place: "Where",
    online: "Online", organiser: "Organiser", amount: "Amount", rate: "Rate", share: "Share paid", eligible: "For whom", requirements: "Requirements",
    how_to_apply: "How to apply", contact: "Who to ask", cancelled: "Cancelled", planned: "Plan", precision: "Exactness of the date",
  },
  changed: (old, now) => (old && now ? `${old} → ${now}` : now ? now : old ? `${old} → none` : ""),
  addToCalendar: "Add to calendar",
  daysLeft: (days, what) =>
    what === "start" ? (days ? `starts in ${some(days, "day")}` : "starts today") : days ? `${some(days, "day")} left to apply` : "closes today",
  date: (iso) => iso.split("/").map(day).join(" – "),
  period: (start, end, precision) => {
    const parts = periodParts(start, end, precision);
    if (!parts) return null;
    const { first, last, unit, part } = parts;
    const year = first.slice(0, 4);
    if (unit === "year") return last ? `${year} – ${last.slice(0, 4)}` : year;
    if (unit === "half") return `${part === 1 ? "first" : "second"} half of ${year}`;
    if (unit === "quarter") return `quarter ${part} of ${year}`;
    if (!first) return last && `until ${day(last)}`;
    return last ? spanOf(first, last) : day(first);
  },
  understood: "Understood as",
  tasks: "What you can do here",
  more: "More",
  eligibility,
  inquiry,
};
