import { html, type TemplateResult } from "lit";
import type { Profile, ProfileField } from "../eligibility.contract";
import type { View } from "./view";

/** What the first form asks; the other fields come as questions where a program needs them. */
export const FIRST_FIELDS: readonly ProfileField[] = [
  "size", "region", "years_in_business", "export_record", "consortium_with_large", "target_country",
];

/** One field of a profile as an input. Its name in the form is `prefix` and the field's. */
export function profileInput(view: View, field: ProfileField, profile: Profile, label: string, prefix: string): TemplateResult {
  const id = `${prefix}${field}`;
  return html`<div class="input"><label for=${id}>${label}</label>${control(view, field, profile, id)}</div>`;
}

function control({ t }: View, field: ProfileField, profile: Profile, id: string): TemplateResult {
  const { sizes, incomes, exports, yes, no, dollars } = t.eligibility;
  const choice = (options: [string, string][], chosen: string): TemplateResult => html`
    <select id=${id} name=${id}>
      <option value="">${t.eligibility.notSaid}</option>
      ${options.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}
    </select>
  `;
  const yesNo: [string, string][] = [["yes", yes], ["no", no]];
  switch (field) {
    case "size":
      return choice(Object.entries(sizes), profile.size ?? "");
    case "country_income":
      return choice(Object.entries(incomes), profile.country_income ?? "");
    case "consortium_with_large":
    case "other":
      return choice(yesNo, flag(profile[field]));
    case "export_record": {
      const { export_record: record } = profile;
      const amount = typeof record === "number" ? String(record) : "";
      const chosen = record === undefined ? "" : record === false ? "none" : "some";
      return html`
        ${choice(Object.entries(exports), chosen)}
        <label class="unseen" for="${id}-dollars">${dollars}</label>
        <input id="${id}-dollars" name="${id}-dollars" type="text" inputmode="numeric" maxlength="19" pattern="[0-9,]+" title=${t.eligibility.digits} autocomplete="off" placeholder=${dollars} .value=${amount}>
      `;
    }
    case "years_in_business":
      return html`<input id=${id} name=${id} type="text" inputmode="decimal" maxlength="6" pattern="[0-9]{1,3}([.][0-9]+)?" title=${t.eligibility.digits} autocomplete="off" .value=${String(profile.years_in_business ?? "")}>`;
    default:
      return html`<input id=${id} name=${id} type="text" maxlength="200" autocomplete="off" .value=${profile[field] ?? ""}>`;
  }
}

const flag = (value: boolean | undefined): string => (value === undefined ? "" : value ? "yes" : "no");

/** A profile with what a form says of these fields: an empty input takes a field out. */
export function readProfile(form: FormData, fields: readonly ProfileField[], known: Profile, prefix: string): Profile {
  const profile: Profile = { ...known };
  for (const field of fields) {
    delete profile[field];
    Object.assign(profile, said(form, field, prefix));
  }
  return profile;
}

function said(form: FormData, field: ProfileField, prefix: string): Profile {
  const value = String(form.get(`${prefix}${field}`) ?? "").trim();
  const number = (text: string): number | null => (text !== "" && Number.isFinite(Number(text)) && Number(text) >= 0 ? Number(text) : null);
  switch (field) {
    case "export_record": {
      if (value === "none") return { export_record: false };
      const dollars = number(String(form.get(`${prefix}${field}-dollars`) ?? "").replaceAll(",", "").trim());
      if (dollars !== null) return { export_record: dollars };
      return value ? { export_record: true } : {};
    }
    case "years_in_business": {
      const years = number(value);
      return years === null ? {} : { years_in_business: years };
    }
    case "consortium_with_large":
    case "other":
      return value ? { [field]: value === "yes" } : {};
    default:
      return value ? { [field]: value } : {};
  }
}

