// Which page explains a finding, and what upstream says of it.
import { API_SERVER_NAMES } from "./pages/apiServerNames.ts";
import { RISKS } from "./risks.ts";
import { UPGRADES } from "./upgrades.ts";

const API_SERVER = "apiserver.";
const WITH_PAGE: ReadonlySet<string> = new Set(API_SERVER_NAMES);

/** Relative to the project; docs/checks is generated from the code that finds (tools/docs/checks.ts). */
export function pageOf(id: string): string {
  const isOther = id.startsWith(API_SERVER) && !WITH_PAGE.has(id.slice(API_SERVER.length));
  return `docs/checks/${isOther ? "apiserver.other" : id}.md`;
}

const REFERENCES: ReadonlyMap<string, string> = new Map(
  [...RISKS, ...UPGRADES].map(({ id, reference }) => [id, reference]),
);
const STANDARDS = "https://kubernetes.io/docs/concepts/security/pod-security-standards/";

/** Upstream's page on what the finding is about. */
export function referenceOf(id: string): string | undefined {
  return REFERENCES.get(id) ?? (id.startsWith("podsecurity.") ? STANDARDS : undefined);
}
