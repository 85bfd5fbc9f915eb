import { dateParts, periodParts } from "./dates";
import type { Catalogue } from "./catalogue";
import { eligibility, inquiry } from "./dialogues.ko";

const day = (iso: string): string => {
  const parts = dateParts(iso);
  if (!parts) return iso;
  const { year, month, day } = parts;
  return [`${year}년`, month && `${month}월`, day && `${day}일`].filter(Boolean).join(" ");
};

/** A later day without what it shares with the first: 3월 9일 ~ 10일. */
const dayAfter = (first: string, last: string): string => {
  const [from, to] = [dateParts(first), dateParts(last)];
  if (!from || !to || from.year !== to.year) return day(last);
  return [from.month === to.month && to.day ? "" : `${to.month}월`, to.day && `${to.day}일`].filter(Boolean).join(" ");
};

export const ko: Catalogue = {
  language: "ko",
  name: "안내",
  tagline: "정책 문서 질의응답",
  launcher: "정책 질문하기",
  close: "닫기",
  clear: "대화 지우기",
  clearQuestion: "이 브라우저에 저장된 대화를 모두 지우시겠습니까?",
  clearConfirm: "지우기",
  cancel: "취소",
  otherLanguage: "English",
  switchLanguage: "Switch to English",
  switched: "화면을 한국어로 바꾸었습니다.",
  conversation: "대화",
  welcome: "정책 문서, 보도자료, 공고에 근거하여 답변드립니다. 문장마다 붙은 번호를 누르시면 원문을 바로 확인하실 수 있습니다.",
  starters: ["중견기업은 시장개척자금을 몇 %까지 지원받나요?", "해외 협력센터는 어느 나라에 있나요?", "PIS 펀드는 어떤 사업에 투자하나요?"],
  startersHead: "이런 질문을 해 보십시오",
  inputLabel: "질문",
  inputHint: "궁금한 내용을 적어 주십시오",
  privacy: "주민등록번호, 연락처 등 개인정보는 적지 마십시오.",
  send: "보내기",
  stop: "답변 멈추기",
  you: "질문",
  answer: "답변",
  steps: {
    retrieving: "문서를 찾고 있습니다",
    composing: "답변을 원문과 대조하고 있습니다",
    falling_back: "원문에서 바로 답변을 뽑고 있습니다",
    resuming: "연결이 끊겨 이어서 받고 있습니다",
  },
  waiting: "질문을 보냈습니다",
  statuses: {
    answered: "답변",
    partial: "부분 답변",
    no_evidence: "문서에 없는 내용입니다",
    out_of_scope: "답변 범위 밖입니다",
    refused: "답변드리지 않습니다",
    clarify: "확인이 필요합니다",
  },
  arrived: (claims, sources) => (claims ? `답변이 도착했습니다. 문장 ${claims}개, 출처 ${sources}개입니다.` : sources ? `가까운 내용 ${sources}건을 함께 보여 드립니다.` : ""),
  citation: (number, title) => `출처 ${number}: ${title}`,
  citationPending: (number) => `출처 ${number}, 불러오는 중`,
  sources: "출처",
  source: "원문 보기",
  backToAnswer: "답변으로 돌아가기",
  back: "돌아가기",
  backToChat: "대화로 돌아가기",
  publisher: "발행 기관",
  published: "발행일",
  undated: "날짜 미상",
  section: "위치",
  page: (number) => `${number}쪽`,
  recognised: (percent) => `문자 인식(OCR)으로 읽음, 신뢰도 ${percent}%`,
  quotation: "인용문",
  originalIn: { ko: "한국어 원문", en: "영어 원문" },
  originalNote: "다른 언어로 된 자료입니다. 인용문은 번역하지 않은 원문입니다.",
  documentView: "문서에서 보기",
  openDocument: "문서 열기",
  newWindow: "새 창",
  frameRefused: "이 사이트에서는 문서를 여기에 띄울 수 없습니다. 아래에서 문서를 열어 주십시오.",
  noticesHead: "함께 확인하십시오",
  notices: {
    plan: "계획",
    past_event: "지난 일정",
    stale: "자료의 시점",
    conflict: "자료 간 차이",
    partial: "답변하지 못한 부분",
    unofficial_name: "비공식 번역 명칭",
    llm_fallback: "원문 발췌 답변",
    other: "참고",
  },
  moreNotices: (count) => `같은 안내 ${count}건 더 보기`,
  nearest: "가까운 내용",
  suggestions: "이어서 물어보실 수 있습니다",
  contact: "문의처",
  contactLink: "담당자에게 문의하기",
  copy: "출처와 함께 복사",
  copied: "복사했습니다",
  copyFailed: "복사하지 못했습니다. 답변을 직접 선택하여 복사해 주십시오.",
  helpful: "도움이 되었습니다",
  notHelpful: "도움이 되지 않았습니다",
  feedbackHead: "어떤 점이 부족했습니까?",
  feedbackReasons: ["내용이 틀림", "출처가 맞지 않음", "빠진 내용이 있음", "오래된 내용임", "이해하기 어려움"],
  feedbackMore: "더 알려 주실 내용 (선택)",
  feedbackSend: "의견 보내기",
  feedbackThanks: "의견을 보내 주셔서 감사합니다.",
  feedbackFailed: "의견을 보내지 못했습니다. 잠시 후 다시 시도해 주십시오.",
  failures: {
    offline: "인터넷에 연결되어 있지 않습니다. 연결된 뒤 다시 시도해 주십시오.",
    network: "서버에 연결하지 못했습니다. 잠시 후 다시 시도해 주십시오.",
    timeout: "시간 안에 답변을 받지 못했습니다. 다시 시도해 주십시오.",
    cut: "답변을 받는 중에 연결이 끊겼습니다.",
    invalid: "이 질문은 보낼 수 없습니다. 내용을 고쳐 주십시오.",
    absent: "이 서비스에서는 지원하지 않는 기능입니다.",
    busy: "요청이 많습니다. 잠시 후 다시 시도해 주십시오.",
    server: "서버에 문제가 생겼습니다. 잠시 후 다시 시도해 주십시오.",
    stopped: "답변을 멈추었습니다.",
  },
  cutKept: "여기까지 받은 문장은 확인된 내용입니다.",
  retry: "다시 시도",
  goOn: "이어서 답변 받기",
  editQuestion: "질문 고치기",
  offline: "인터넷에 연결되어 있지 않습니다. 적으신 내용은 그대로 남아 있습니다.",
  tooLong: (limit) => `질문은 ${limit.toLocaleString("ko")}자까지 적으실 수 있습니다.`,
  recordTypes: { event: "행사", program: "지원 사업", tender: "입찰", task: "과제" },
  recordStatuses: { upcoming: "예정", open: "진행 중", closed: "마감", past: "종료", cancelled: "취소", planned: "계획" },
  deadlineKinds: { fixed: "기한 있음", rolling: "상시 접수", until_budget: "예산 소진 시까지", relative: "문서의 조건에 따름", none: "문서에 기한 없음" },
  untilBudget: "예산 소진 시까지",
  when: "일시",
  periodOf: "기간",
  deadline: "마감",
  place: "장소",
  online: "온라인",
  organiser: "주최",
  amount: "금액",
  rate: "금리·요율",
  share: "지원 비율",
  eligible: "대상",
  requirements: "요건",
  howToApply: "신청 방법",
  country: "국가",
  owner: "담당",
  person: "문의처",
  records: "문서에 적힌 일정과 지원 사업",
  moreRecords: (count) => `${count}건 더 보기`,
  asOf: (day) => `${day} 기준`,
  yearInferred: "문서에 연도가 없어 발행일로 미루어 적었습니다.",
  amended: "나중 공고로 변경되었습니다",
  changedFields: {
    title: "명칭", start: "시작일", end: "종료일", deadline: "마감", deadline_time: "마감 시각", deadline_kind: "마감 방식", place: "장소", online: "온라인 여부",
    organiser: "주최", amount: "금액", rate: "금리·요율", share: "지원 비율", eligible: "대상", requirements: "요건", how_to_apply: "신청 방법", contact: "문의처",
    cancelled: "취소 여부", planned: "계획 여부", precision: "날짜 단위",
  },
  changed: (old, now) => (old && now ? `${old} → ${now}` : now ? now : old ? `${old} → 없음` : ""),
  addToCalendar: "일정에 추가",
  daysLeft: (days, what) => (days === 0 ? (what === "start" ? "오늘 시작" : "오늘 마감") : `${what === "start" ? "시작" : "마감"}까지 ${days}일`),
  date: (iso) => iso.split("/").map(day).join(" ~ "),
  period: (start, end, precision) => {
    const parts = periodParts(start, end, precision);
    if (!parts) return null;
    const { first, last, unit, part } = parts;
    if (unit === "day" && !first) return last && `${day(last)}까지`;
    if (unit === "day") return last ? `${day(first)} ~ ${dayAfter(first, last)}` : day(first);
    const year = `${first.slice(0, 4)}년`;
    if (unit === "year") return last ? `${year} ~ ${last.slice(0, 4)}년` : year;
    if (unit === "month") return last ? `${day(first)} ~ ${dayAfter(first, last)}` : day(first);
    return `${year} ${unit === "half" ? (part === 1 ? "상반기" : "하반기") : `${part}분기`}`;
  },
  understood: "이렇게 이해했습니다",
  tasks: "바로 하실 수 있는 일",
  more: "더 보기",
  eligibility,
  inquiry,
};
