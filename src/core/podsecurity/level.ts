// The words of a Pod Security policy: levels, versions, and how the API reads them from text.
import type { KubeMinor } from "../model/version.ts";

export type Level = "privileged" | "baseline" | "restricted";

/** A release of the policy as labels spell it; `latest` is the newest that the server knows. */
export type PolicyVersion = KubeMinor | "latest";

export interface LevelVersion {
  readonly level: Level;
  readonly version: PolicyVersion;
}

/** From the least to the most strict. */
export const LEVELS: readonly Level[] = ["privileged", "baseline", "restricted"];

/** What was read, and the refusal of what was written; the value is usable either way. */
export interface Parsed<T> {
  readonly value: T;
  readonly error?: string;
}

/**
 * A level; what is none counts as restricted.
 * @see pod-security-admission v0.37.2 api/helpers.go ParseLevel
 */
export function parseLevel(text: string): Parsed<Level> {
  const level = LEVELS.find((known) => known === text);
  return level === undefined
    ? { value: "restricted", error: `must be one of ${LEVELS.join(", ")}` }
    : { value: level };
}

const VERSION = /^v1\.(?:0|[1-9][0-9]*)$/;
const MAX_INT64 = 2n ** 63n - 1n;

/**
 * A version, however new; what is none counts as latest.
 * @see pod-security-admission v0.37.2 api/helpers.go ParseVersion
 */
export function parseVersion(text: string): Parsed<PolicyVersion> {
  if (text === "latest") return { value: "latest" };
  if (isMinor(text) && fitsInt64(text.slice("v1.".length))) return { value: text };
  return { value: "latest", error: 'must be "latest" or "v1.x"' };
}

function isMinor(text: string): text is KubeMinor {
  return VERSION.test(text);
}

function fitsInt64(digits: string): boolean {
  return digits.length < 19 || BigInt(digits) <= MAX_INT64;
}

/**
 * Negative when `a` is less strict than `b`.
 * @see pod-security-admission v0.37.2 api/helpers.go CompareLevels
 */
export function compareLevels(a: Level, b: Level): number {
  return LEVELS.indexOf(a) - LEVELS.indexOf(b);
}

/** `restricted:v1.37`, as messages and annotations print it. */
export function printLevelVersion({ level, version }: LevelVersion): string {
  return `${level}:${version}`;
}
