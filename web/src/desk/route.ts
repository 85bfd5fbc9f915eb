/** Where in the desk one is; kept behind the # of the address, so that every screen can be linked to. */

export const SCREENS = ["inquiries", "answers", "documents", "terms", "insight", "accounts", "audit"] as const;
export type Screen = (typeof SCREENS)[number];

export interface Route {
  screen: Screen;
  /** An inquiry's or a document's id. */
  id: string | null;
}

/** The route of a hash such as `#/inquiries/1f…`; the queue for anything else. */
export function readRoute(hash: string): Route {
  const [, screen = "", id = ""] = hash.replace(/^#/, "").split("/");
  const known = SCREENS.find((name) => name === screen);
  if (!known) return { screen: "inquiries", id: null };
  return { screen: known, id: /^[A-Za-z0-9_-]{1,64}$/.test(id) ? id : null };
}

export const hashOf = ({ screen, id }: Route): string => (id ? `#/${screen}/${id}` : `#/${screen}`);
