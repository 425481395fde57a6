// Which level and version a namespace enforces, audits and warns about: its labels over the server's defaults.
import { goQuote } from "../rules/goText.ts";
import {
  compareLevels,
  type LevelVersion,
  type Parsed,
  parseLevel,
  parseVersion,
} from "./level.ts";

/** In the order in which labels are read. */
export const MODES = ["enforce", "audit", "warn"] as const;
export type Mode = (typeof MODES)[number];
export type Policy = Readonly<Record<Mode, LevelVersion>>;
export type Labels = Readonly<Record<string, unknown>>;

export const LABEL_PREFIX = "pod-security.kubernetes.io/";

export type LabelName = Mode | `${Mode}-version`;

/** Whole keys: every pod is asked for all of them. */
const LABEL: Readonly<Record<LabelName, string>> = {
  enforce: `${LABEL_PREFIX}enforce`,
  "enforce-version": `${LABEL_PREFIX}enforce-version`,
  audit: `${LABEL_PREFIX}audit`,
  "audit-version": `${LABEL_PREFIX}audit-version`,
  warn: `${LABEL_PREFIX}warn`,
  "warn-version": `${LABEL_PREFIX}warn-version`,
};

/** A label that is no level or no version. */
export interface LabelError {
  /** `metadata.labels[pod-security.kubernetes.io/enforce]`. */
  readonly field: string;
  /** `Invalid value: "x": must be one of privileged, baseline, restricted`. */
  readonly body: string;
}
export interface EvaluatedPolicy {
  readonly policy: Policy;
  readonly errors: readonly LabelError[];
}

/**
 * The `defaults` of a PodSecurityConfiguration: `enforce`, `enforce-version` and so on; what is left out is privileged and
 * latest.
 * @see pod-security-admission v0.37.2 admission/api/v1/defaults.go SetDefaults_PodSecurityDefaults
 */
export function defaultPolicy(defaults: Labels): Policy {
  const read = (mode: Mode): LevelVersion => ({
    level: parseLevel(textOr(defaults[mode], "privileged")).value,
    version: parseVersion(textOr(defaults[`${mode}-version`], "latest")).value,
  });
  return { enforce: read("enforce"), audit: read("audit"), warn: read("warn") };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}

/**
 * A bad enforce label counts as restricted or latest; a bad audit or warn level as privileged. Who enforces a stricter
 * level than is warned about, and says nothing of warnings, is warned about that level.
 * @see pod-security-admission v0.37.2 api/helpers.go PolicyToEvaluate
 */
export function policyToEvaluate(labels: Labels, defaults: Policy): EvaluatedPolicy {
  const errors: LabelError[] = [];
  const policy: Record<Mode, LevelVersion> = { ...defaults };
  for (const mode of MODES) {
    const level = readLabel(labels, mode, parseLevel, errors);
    const version = readLabel(labels, `${mode}-version`, parseVersion, errors);
    const failsOpen = mode !== "enforce" && level?.error !== undefined;
    policy[mode] = {
      level: failsOpen ? "privileged" : (level?.value ?? defaults[mode].level),
      version: version?.value ?? defaults[mode].version,
    };
  }
  if (warnsOfEnforced(labels, policy)) {
    const version = has(labels, "warn-version") ? policy.warn.version : policy.enforce.version;
    policy.warn = { level: policy.enforce.level, version };
  }
  return { policy, errors };
}

function readLabel<T>(
  labels: Labels,
  name: LabelName,
  parse: (text: string) => Parsed<T>,
  errors: LabelError[],
): Parsed<T> | undefined {
  const value = labels[LABEL[name]];
  if (value === undefined) return undefined;
  const text = typeof value === "string" ? value : "";
  const parsed = parse(text);
  if (parsed.error !== undefined) {
    const field = `metadata.labels[${LABEL[name]}]`;
    errors.push({ field, body: `Invalid value: ${goQuote(text)}: ${parsed.error}` });
  }
  return parsed;
}

function warnsOfEnforced(labels: Labels, { enforce, warn }: Policy): boolean {
  const enforced = labels[LABEL.enforce];
  const isValid = typeof enforced === "string" && parseLevel(enforced).error === undefined;
  return isValid && !has(labels, "warn") && compareLevels(enforce.level, warn.level) > 0;
}

/** Does a namespace have this Pod Security label? */
export function has(labels: Labels, name: LabelName): boolean {
  return labels[LABEL[name]] !== undefined;
}

/** Does every mode let everything pass? */
export function isFullyPrivileged(policy: Policy): boolean {
  return MODES.every((mode) => policy[mode].level === "privileged");
}

/** Two policies that judge alike: level privileged has no version. */
export function isEquivalent(a: Policy, b: Policy): boolean {
  return MODES.every(
    (mode) =>
      a[mode].level === b[mode].level &&
      (a[mode].level === "privileged" || a[mode].version === b[mode].version),
  );
}
