"""What errors say, in Korean.

Errors are raised with English sentences for operators and developers (``errors.py``). Where a person reads one, on a page, at the desk or
in a health report, it is looked up here by its English. Blanks in braces stand for whatever the sentence names.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.types import Language

_KOREAN: dict[str, str] = {
    # --- What an error is about, where it is a word and no name or id ---
    "sign-in": "로그인",
    "session": "세션",
    "request": "요청",
    "password": "비밀번호",
    "question": "질문",
    "this reference": "접수번호",
    "the file": "파일",
    "the termbase": "용어집",
    "published": "발행일",
    "since": "시작일",
    # --- Requests ---
    "The request is not valid": "요청이 올바르지 않습니다",
    "The request failed": "요청을 처리하지 못했습니다",
    "Not Found": "찾을 수 없습니다",
    "Method Not Allowed": "이 방식으로는 요청할 수 없습니다",
    "Request Timeout": "요청 시간이 지났습니다",
    "The body did not arrive in time.": "요청 본문이 제시간에 도착하지 않았습니다.",
    "The body is too large": "요청 본문이 너무 큽니다",
    "The body is over {limit} KiB.": "요청 본문이 {limit} KiB를 넘습니다.",
    "The upload is over {limit} MB.": "올린 파일이 {limit} MB를 넘습니다.",
    "It took too long": "시간이 너무 오래 걸렸습니다",
    "No answer in the time allowed. Please try again.": "정해진 시간 안에 답하지 못했습니다. 다시 시도해 주십시오.",
    "Busy": "잠시 후 다시 시도해 주십시오",
    "The service is at work on its data. Please try again.": "서비스가 자료를 정리하고 있습니다. 다시 시도해 주십시오.",
    "Something broke here": "서버에 문제가 생겼습니다",
    "The reason is in the server's log.": "원인은 서버 기록에 있습니다.",
    "Something broke here; the reason is in the server's log.": "서버에 문제가 생겼습니다. 원인은 서버 기록에 있습니다.",
    "there is no such field": "없는 항목입니다",
    "it is required": "반드시 있어야 합니다",
    "it is required: one file or several": "파일이 하나 이상 있어야 합니다",
    "not JSON ({reason})": "JSON이 아닙니다({reason})",
    "a date is written YYYY-MM-DD": "날짜는 YYYY-MM-DD로 씁니다",
    # --- Documents, pages, conversations ---
    "no such document": "해당 문서가 없습니다",
    "List the documents to see their ids": "문서 목록에서 문서 번호를 확인하십시오",
    "List the documents to see their names and ids": "문서 목록에서 이름과 번호를 확인하십시오",
    "no such version": "해당 판이 없습니다",
    "this version is not kept here": "보관되어 있지 않은 판입니다",
    "List the document's versions": "문서의 이전 판 목록을 확인하십시오",
    "no such page": "해당 쪽이 없습니다",
    "Pages are counted from 1": "쪽은 1부터 셉니다",
    "See the document for its number of pages": "문서의 쪽수를 확인하십시오",
    "no such record": "해당 기록이 없습니다",
    "List the records to see their ids": "기록 목록에서 번호를 확인하십시오",
    "no such conversation": "해당 대화가 없습니다",
    "It may have been deleted already": "이미 삭제되었을 수 있습니다",
    "only PDF pages have an image": "쪽 그림은 PDF에만 있습니다",
    "Read the page's text": "쪽의 본문을 읽어 주십시오",
    "its original is not kept here": "원본 파일이 보관되어 있지 않습니다",
    "Take the file in again": "파일을 다시 등록하십시오",
    "there is no such file here": "해당 파일이 없습니다",
    "Build the web part: make web": "웹 화면을 빌드하십시오: make web",
    # --- The desk: signing in and accounts ---
    "nobody is signed in": "로그인하지 않았습니다",
    "Sign in and send the request again": "로그인한 뒤 다시 요청하십시오",
    "it is missing or another session's": "없거나 다른 세션의 값입니다",
    "Load the session again": "세션을 다시 불러오십시오",
    "it needs the role {role}": "{role} 권한이 필요합니다",
    "Ask an admin of the desk": "데스크 관리자에게 문의하십시오",
    "the request comes from another site": "다른 사이트에서 온 요청입니다",
    "Use the desk's own page": "데스크 화면에서 요청하십시오",
    "it is not set up here": "이 서버에는 설정되어 있지 않습니다",
    "Sign in with a password": "비밀번호로 로그인하십시오",
    "name and password don't belong together": "이름과 비밀번호가 맞지 않습니다",
    "Check both": "두 가지를 모두 확인하십시오",
    "the current password is wrong": "현재 비밀번호가 맞지 않습니다",
    "Check it": "확인하십시오",
    "too many attempts": "시도가 너무 많습니다",
    "Wait a while before the next one": "잠시 기다린 뒤 다시 시도하십시오",
    "the sign-in was not begun in this browser": "이 브라우저에서 시작한 로그인이 아닙니다",
    "the sign-in took too long": "로그인이 너무 오래 걸렸습니다",
    "no account here has this verified e-mail address": "확인된 이 전자우편 주소를 쓰는 계정이 없습니다",
    "the provider's token is not valid ({reason})": "인증 기관의 토큰이 올바르지 않습니다({reason})",
    "the provider refused ({reason})": "인증 기관이 거절했습니다({reason})",
    "the provider cannot be reached ({reason})": "인증 기관에 연결할 수 없습니다({reason})",
    "the provider is not the issuer that is set": "설정된 발급자가 아닌 인증 기관입니다",
    "Begin again, or ask the desk's admin": "처음부터 다시 하거나 데스크 관리자에게 문의하십시오",
    "no such account": "해당 계정이 없습니다",
    "List the accounts to see their ids": "계정 목록에서 번호를 확인하십시오",
    "an account of this name exists": "같은 이름의 계정이 있습니다",
    "Choose another name": "다른 이름을 고르십시오",
    "it is the last active admin": "마지막으로 남은 관리자입니다",
    "Make another account admin first": "다른 계정을 먼저 관리자로 바꾸십시오",
    # --- The desk: inquiries and answers ---
    "no such inquiry": "해당 문의가 없습니다",
    "See the queue for those there are": "문의 목록을 확인하십시오",
    "no inquiry has it": "이 번호의 문의가 없습니다",
    "Check the letters; 0, 1, I and O do not occur": "글자를 확인하십시오. 0, 1, I, O는 쓰이지 않습니다",
    "it is at version {version} now": "다른 사람이 먼저 바꾸어 지금은 {version}판입니다",
    "Read it again and send the change anew": "다시 불러온 뒤 고쳐서 보내십시오",
    "this account is not active": "사용하지 않는 계정입니다",
    "Choose another officer": "다른 담당자를 고르십시오",
    "a sentence is not borne out": "근거가 없는 문장이 있습니다",
    "no sentence cites a document": "문서를 인용한 문장이 없습니다",
    "Correct the draft and save it": "초안을 고쳐 저장하십시오",
    "it is not approved": "승인되지 않았습니다",
    "Approve a draft first": "초안을 먼저 승인하십시오",
    "there is no draft in this language ({language})": "이 언어({language})의 초안이 없습니다",
    "Ask in it first": "먼저 그 언어로 초안을 만드십시오",
    "the answer was sent": "이미 답변을 보냈습니다",
    "Return it to work on it again": "다시 작업하려면 되돌리십시오",
    "it is empty or over {limit} characters": "비어 있거나 {limit}자를 넘습니다",
    "Write a shorter one": "더 짧게 쓰십시오",
    "no quotation is there": "그 자리에 인용할 글이 없습니다",
    "Cite 1 to {limit} characters of the page": "쪽에서 1자부터 {limit}자까지 인용하십시오",
    "no such approved answer": "해당 승인 답변이 없습니다",
    "List the approved answers to see their ids": "승인 답변 목록에서 번호를 확인하십시오",
    "a quotation is no longer at its place": "인용한 말이 더 이상 그 자리에 없습니다",
    "Approve a new answer and retire this one": "새 답변을 승인하고 이 답변은 내리십시오",
    "it is after until, or ten years before": "끝나는 날보다 늦거나 10년 이상 앞섭니다",
    "Choose other days": "다른 날짜를 고르십시오",
    # --- The desk: documents, records, termbase ---
    "no such job": "해당 작업이 없습니다",
    "Jobs are forgotten when the server starts anew": "서버를 다시 시작하면 작업 기록이 지워집니다",
    "another file of this upload has the same name": "함께 올린 파일 가운데 이름이 같은 것이 있습니다",
    "Rename one": "하나의 이름을 바꾸십시오",
    "it is no date": "날짜가 아닙니다",
    "Write 2019-07-08, 2019-07 or 2019": "2019-07-08, 2019-07, 2019처럼 쓰십시오",
    "a field cannot be corrected so": "항목을 그렇게 고칠 수 없습니다",
    "See its values": "항목의 값을 확인하십시오",
    "no such entry": "해당 용어가 없습니다",
    "Load the termbase again": "용어집을 다시 불러오십시오",
    "it has no entries": "용어가 하나도 없습니다",
    "Export the termbase in effect and edit that": "현재 용어집을 내려받아 고치십시오",
    "it has changed meanwhile": "그사이에 바뀌었습니다",
    "Load it again and repeat the change": "다시 불러온 뒤 고치십시오",
    "it would have {count} problems": "문제가 {count}개 생깁니다",
    "Correct them": "문제를 고치십시오",
    "it is neither UTF-8 nor CP949 text": "UTF-8이나 CP949로 된 글이 아닙니다",
    "it is not a CSV file ({reason})": "CSV 파일이 아닙니다({reason})",
    "Save it as CSV in UTF-8": "UTF-8 CSV로 저장하십시오",
    "columns {names} are missing": "빠진 열이 있습니다: {names}",
    "Write the columns {names}": "다음 열을 쓰십시오: {names}",
    # --- Files: what a job and a health report say ---
    "the file is larger than {limit}": "파일이 {limit}보다 큽니다",
    "{size} MB is over the limit of {limit} MB": "파일이 {size} MB로, 한도 {limit} MB를 넘습니다",
    "Split it, or raise the limit": "나누거나 한도를 늘리십시오",
    "Split it, or raise ANNAE_MAX_FILE_MB": "나누거나 ANNAE_MAX_FILE_MB를 늘리십시오",
    "Split it, or raise ANNAE_PARSE_TIMEOUT_SECONDS": "나누거나 ANNAE_PARSE_TIMEOUT_SECONDS를 늘리십시오",
    "Split it": "파일을 나누십시오",
    "Split the table": "표를 나누십시오",
    "Split the workbook": "통합 문서를 나누십시오",
    "Save it as PDF, or raise ANNAE_PARSE_MEMORY_MB": "PDF로 저장하거나 ANNAE_PARSE_MEMORY_MB를 늘리십시오",
    "Save it as PDF, and report this": "PDF로 저장하고, 이 문제를 알려 주십시오",
    "it is nested too deeply": "구조가 너무 깊습니다",
    "Simplify its structure": "구조를 단순하게 고치십시오",
    "Simplify its tables": "표를 단순하게 고치십시오",
    "its reader failed ({reason})": "읽는 도중 오류가 났습니다({reason})",
    "its reader crashed, or needed more than {size} MB of memory": "읽는 도중 멈추었거나 메모리가 {size} MB 넘게 필요했습니다",
    "reading it took more than {seconds} seconds": "읽는 데 {seconds}초가 넘게 걸렸습니다",
    "reading it takes more memory than a file may": "읽는 데 필요한 메모리가 한도를 넘습니다",
    "{name} has the same name": "이름이 같은 파일이 있습니다: {name}",
    "Ingest the folder above both, or rename one": "두 파일을 담은 폴더를 등록하거나 하나의 이름을 바꾸십시오",
    "cannot be read ({reason})": "읽을 수 없습니다({reason})",
    "does not exist": "파일이 없습니다",
    "Check the path and its permissions": "경로와 권한을 확인하십시오",
    "Check the path": "경로를 확인하십시오",
    "{manifest} names it, but it is not there": "{manifest}에 적혀 있으나 파일이 없습니다",
    "Add it or drop it from the manifest": "파일을 넣거나 목록에서 빼십시오",
    "the file is empty": "빈 파일입니다",
    "the archive holds no files": "압축 파일에 든 것이 없습니다",
    "Check that it was saved or fetched completely": "끝까지 저장되거나 내려받아졌는지 확인하십시오",
    "no page holds any text": "글자가 있는 쪽이 없습니다",
    "OCR found none either; check the pages, or leave it out": "문자 인식으로도 찾지 못했습니다. 쪽을 확인하거나 빼십시오",
    "Install OCR ({command}) and take it in again, or leave it out": "문자 인식({command})을 설치하고 다시 등록하거나 빼십시오",
    "Its text may be made by a script or be a picture: save the page from the browser, or print it to PDF": "글이 스크립트나 그림일 수 있습니다. "
    "브라우저에서 저장하거나 PDF로 인쇄하십시오",
    "it is neither a known format nor text in UTF-8, UTF-16 or CP949": "아는 형식이 아니고 UTF-8, UTF-16, CP949로 된 글도 아닙니다",
    "Save it as UTF-8 text, PDF, DOCX or HWPX": "UTF-8 텍스트, PDF, DOCX, HWPX로 저장하십시오",
    "it is {what}, not supported": "지원하지 않는 형식입니다({what})",
    "it is an HWP 3 file (Hangul 97 or older), not supported": "지원하지 않는 HWP 3 파일입니다(한글 97 이전)",
    "it is an HWPML (XML) file of Hangul, not supported": "지원하지 않는 한글 HWPML(XML) 파일입니다",
    "it is an Outlook message, not supported": "지원하지 않는 Outlook 메시지입니다",
    "it is a compound file of an unknown program": "알 수 없는 프로그램의 복합 파일입니다",
    "it is an XML file": "XML 파일입니다",
    "it is {what}": "읽을 수 없는 형식입니다({what})",
    "a PNG picture": "PNG 그림",
    "a JPEG picture": "JPEG 그림",
    "a GIF picture": "GIF 그림",
    "a TIFF picture": "TIFF 그림",
    "an RTF file": "RTF 파일",
    "a gzip archive": "gzip 압축 파일",
    "a 7z archive": "7z 압축 파일",
    "a RAR archive": "RAR 압축 파일",
    "a program": "실행 파일",
    "an OpenDocument file": "오픈도큐먼트 파일",
    "a package of an unknown program": "알 수 없는 프로그램의 패키지",
    "it is a PowerPoint file, which is not supported": "지원하지 않는 PowerPoint 파일입니다",
    "it is a zip archive, not a document, or one inside too many others": "문서가 아닌 ZIP 압축 파일이거나, 너무 여러 겹으로 압축되었습니다",
    "it is a file of Office 97-2003, which is not supported": "지원하지 않는 Office 97-2003 파일입니다",
    "Save it as PDF": "PDF로 저장하십시오",
    "Unpack it and ingest its files": "압축을 풀어 그 안의 파일을 등록하십시오",
    "Save it as DOCX, XLSX or PDF": "DOCX, XLSX, PDF로 저장하십시오",
    "Save it as .eml": ".eml로 저장하십시오",
    "Save it as PDF, DOCX or HWPX": "PDF, DOCX, HWPX로 저장하십시오",
    "Open it in Hancom Office and save it as HWPX or PDF": "한컴오피스에서 열어 HWPX나 PDF로 저장하십시오",
    "Open it in Hancom Office and save it": "한컴오피스에서 열어 저장하십시오",
    "Open it in Excel and save it": "엑셀에서 열어 저장하십시오",
    "Open it in a word processor and save it again": "문서 편집기에서 열어 다시 저장하십시오",
    "Open it in the program that made it and save it again": "만든 프로그램에서 열어 다시 저장하십시오",
    "Run OCR on it and ingest the PDF": "문자 인식을 거친 PDF를 등록하십시오",
    "Save it again from the mail program": "메일 프로그램에서 다시 저장하십시오",
    "Save its attachments apart": "첨부 파일을 따로 저장하십시오",
    "Save the page again from the browser": "브라우저에서 다시 저장하십시오",
    "Print the page to PDF and ingest that": "PDF로 인쇄하여 등록하십시오",
    "the page has no body": "페이지에 본문이 없습니다",
    "its elements are nested more than {limit} levels deep": "요소가 {limit}단계보다 깊습니다",
    "the Word document is damaged": "Word 문서가 손상되었습니다",
    "the e-mail is damaged": "전자우편 파일이 손상되었습니다",
    "a part of the e-mail cannot be decoded": "전자우편의 일부를 풀 수 없습니다",
    "an attached e-mail cannot be decoded": "첨부된 전자우편을 풀 수 없습니다",
    "the e-mail has more than {limit} parts": "전자우편의 조각이 {limit}개를 넘습니다",
    "the PDF is damaged": "PDF가 손상되었습니다",
    "Fetch it again or print it to a new PDF": "다시 내려받거나 새 PDF로 인쇄하십시오",
    "Fetch it again": "다시 내려받으십시오",
    "Fetch it again, or open it in Hancom Office and save it": "다시 내려받거나 한컴오피스에서 열어 저장하십시오",
    "Fetch it again or open it in the program that made it and save it again": "다시 내려받거나 만든 프로그램에서 열어 저장하십시오",
    "it has more than {limit} pages": "쪽수가 {limit}쪽을 넘습니다",
    "over {limit} characters": "글자 수가 {limit}자를 넘습니다",
    "it has more than {limit} sections": "구역이 {limit}개를 넘습니다",
    "it has more than {limit} sheets": "시트가 {limit}개를 넘습니다",
    "it has more than {limit} filled cells": "채워진 칸이 {limit}개를 넘습니다",
    "a table has more than {limit} cells": "칸이 {limit}개를 넘는 표가 있습니다",
    "it holds more than {limit} files": "파일이 {limit}개를 넘습니다",
    "it unpacks to more than {limit} MB": "압축을 풀면 {limit} MB를 넘습니다",
    "{name} unpacks to more than {limit} MB": "압축을 풀면 {limit} MB를 넘습니다({name})",
    "Unpack it and take in a part": "압축을 풀어 일부만 등록하십시오",
    "the package holds more than {limit} entries": "패키지 속 파일이 {limit}개를 넘습니다",
    "the package unpacks to more than {limit} MB": "패키지를 풀면 {limit} MB를 넘습니다",
    "{name} is packed more than {ratio} to 1": "압축률이 {ratio} 대 1을 넘습니다({name})",
    "{name} is nested more than {limit} levels deep": "구조가 {limit}단계보다 깊습니다({name})",
    "{name} is nested too deeply or too long": "구조가 너무 깊거나 깁니다({name})",
    "{name} is not well-formed XML": "XML이 올바르지 않습니다({name})",
    "{name} declares a document type or entities, which an office file never needs": "사무용 파일에 있을 수 없는 선언이 있습니다({name})",
    "Do not trust this file; get it from its publisher": "이 파일은 믿지 말고 발행 기관에서 다시 받으십시오",
    "Remove large pictures": "큰 그림을 빼십시오",
    "the package is damaged": "패키지가 손상되었습니다",
    "the entry {name} is damaged or missing": "패키지 속 파일이 손상되었거나 없습니다({name})",
    "the workbook's main part is missing": "통합 문서의 본체가 없습니다",
    "the HWPX package has no section": "HWPX 패키지에 본문 구역이 없습니다",
    "{what} is missing or damaged": "파일의 일부가 없거나 손상되었습니다({what})",
    "the front matter between the two --- lines is not valid YAML": "--- 두 줄 사이의 머리말이 올바른 YAML이 아닙니다",
    "Correct it or remove it": "고치거나 지우십시오",
    "the package is encrypted": "암호로 잠긴 패키지입니다",
    "the office file needs a password": "비밀번호가 필요한 사무용 파일입니다",
    "the HWP document needs a password": "비밀번호가 필요한 HWP 문서입니다",
    "the HWPX document needs a password": "비밀번호가 필요한 HWPX 문서입니다",
    "the PDF needs a password": "비밀번호가 필요한 PDF입니다",
    "its PDF needs a password to be drawn": "비밀번호가 있어야 그림으로 볼 수 있는 PDF입니다",
    "the password is wrong": "비밀번호가 맞지 않습니다",
    "the password is wrong, or the file is encrypted by a Hangul older than 2007": "비밀번호가 맞지 않거나, 한글 2007 이전 판으로 잠근 파일입니다",
    "it is encrypted in a way that is not supported": "지원하지 않는 방식으로 잠겨 있습니다",
    "its key takes too many rounds": "암호 키를 만드는 계산이 너무 깁니다",
    "its encryption data are damaged": "암호 정보가 손상되었습니다",
    "an encrypted entry is damaged": "잠긴 부분이 손상되었습니다",
    "an encrypted entry is too large": "잠긴 부분이 너무 큽니다",
    "the HWP document is under rights management (DRM)": "권한 관리(DRM)가 걸린 HWP 문서입니다",
    "Get an open copy from its publisher": "발행 기관에서 잠금이 없는 사본을 받으십시오",
    "Give the right password when it is taken in, or save the file without one": "맞는 비밀번호와 함께 등록하거나, 비밀번호 없이 저장한 파일을 쓰십시오",
    "Save it without a password": "비밀번호 없이 저장하십시오",
    "Save it without a password, and split it": "비밀번호 없이 저장하고 나누십시오",
    "Read its text instead": "본문을 읽어 주십시오",
}
_BLANK = re.compile(r"\{(\w+)\}")


def in_language(text: str, language: Language) -> str:
    """A sentence of an error in ``language``; as it is where it is not known, such as a file's name.

    Also a problem and its remedy as one text, ``problem. remedy.``
    """
    return text if language == "en" else _KOREAN.get(text) or _korean_of_both(text) or _korean_filled(text) or text


def _korean_of_both(text: str) -> str | None:
    for end in re.finditer(r"\. ", text if text.endswith(".") else ""):
        problem, remedy = (
            _KOREAN.get(part) or _korean_filled(part) for part in (text[: end.start()], text[end.end() : -1])
        )
        if problem and remedy:
            return f"{problem}. {remedy}."
    return None


def _korean_filled(text: str) -> str | None:
    for pattern, korean in _patterns():
        match = pattern.fullmatch(text)
        if match:
            # What stands in a blank may be a word of the catalogue itself.
            return korean.format(**{name: _KOREAN.get(value, value) for name, value in match.groupdict().items()})
    return None


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """The sentences with blanks; those that say more around them come first."""
    blanked = sorted((english for english in _KOREAN if "{" in english), key=lambda text: -len(_BLANK.sub("", text)))
    return [(re.compile(_pattern(english), re.DOTALL), _KOREAN[english]) for english in blanked]


def _pattern(english: str) -> str:
    # re.split with one group: text, blank's name, text, blank's name, …, text.
    parts = _BLANK.split(english)
    return "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts))
