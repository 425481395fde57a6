// Which page explains a finding: its own where its id has one, else that of its stage.
import { RISKS } from "./risks.ts";

/** Relative to the project; docs/checks is generated from the code that finds (tools/docs/checks.ts). */
export function pageOf(id: string): string {
  return `docs/checks/${id}.md`;
}

const REFERENCES: ReadonlyMap<string, string> = new Map(
  RISKS.map(({ id, reference }) => [id, reference]),
);
const STANDARDS = "https://kubernetes.io/docs/concepts/security/pod-security-standards/";

/** Upstream's page on what the finding is about. */
export function referenceOf(id: string): string | undefined {
  return REFERENCES.get(id) ?? (id.startsWith("podsecurity.") ? STANDARDS : undefined);
}
