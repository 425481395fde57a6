// Releases as data: rows that say since when a value holds, and the one function that looks them up.

/** A Kubernetes minor release, spelled as in the enforce-version label: `v1.37`. */
export type KubeMinor = `v1.${number}`;

/** A release of anything else, `major.minor`: containerd `2.1`, docker `20.10`, runc `1.3`. */
export type Release = `${number}.${number}`;

/** Rows strictly rising by `since`, newest last. */
export type Versioned<T> = readonly { readonly since: KubeMinor; readonly value: T }[];
export type ReleasedRows<T> = readonly { readonly since: Release; readonly value: T }[];

/** When something holds: from `since` (absent: always) to before `until` (absent: still). */
export interface Span {
  readonly since?: Release;
  readonly until?: Release;
}

/** The number in a Kubernetes minor: 37 for `v1.37`. For looking up and sorting only. */
export function minor(version: KubeMinor): number {
  return Number(version.slice(3));
}

/** The value that holds in `version`: the newest row not younger than it; undefined before the first. */
export function at<T>(rows: Versioned<T>, version: KubeMinor): T | undefined {
  // From the newest row backwards: most questions are about new releases, and this is asked dozens of times per pod.
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index];
    if (row !== undefined && !isYounger(row.since, version)) return row.value;
  }
  return undefined;
}

/** Without reading numbers: of two minors the longer text is the younger one. */
function isYounger(a: KubeMinor, b: KubeMinor): boolean {
  return a.length === b.length ? a > b : a.length > b.length;
}

/** As `at`, for releases of runtimes. */
export function atRelease<T>(rows: ReleasedRows<T>, release: Release): T | undefined {
  let found: T | undefined;
  for (const row of rows) {
    if (compareReleases(row.since, release) > 0) break;
    found = row.value;
  }
  return found;
}

/** As `atRelease`, and the oldest row for a release older than all of them. */
export function nearestRelease<T>(
  rows: readonly [{ readonly since: Release; readonly value: T }, ...ReleasedRows<T>],
  release: Release,
): T {
  return atRelease(rows, release) ?? rows[0].value;
}

/** Does a span hold in a release? */
export function holdsIn(span: Span, release: Release): boolean {
  if (span.since !== undefined && compareReleases(span.since, release) > 0) return false;
  return span.until === undefined || compareReleases(release, span.until) < 0;
}

/** Negative, zero or positive, as a sort wants it. */
export function compareReleases(a: Release, b: Release): number {
  return a === b ? 0 : numberOf(a) - numberOf(b);
}

/** Major and minor as one number; read by hand, since every lookup in every table of releases asks it. */
function numberOf(release: Release): number {
  let major = 0;
  let number = 0;
  for (let at = 0; at < release.length; at += 1) {
    const code = release.charCodeAt(at);
    if (code === DOT) {
      major = number;
      number = 0;
    } else number = number * 10 + code - ZERO;
  }
  return major * 100_000 + number;
}

const DOT = 46;
const ZERO = 48;

/** Reads `1.37`, `v1.37` or `v1.37.2`; undefined for anything else. */
export function parseKubeMinor(text: string): KubeMinor | undefined {
  const match = /^v?1\.(0|[1-9]\d*)(?:\.\d+)?$/.exec(text);
  return match === null ? undefined : `v1.${Number(match[1])}`;
}

/** The older of two Kubernetes minors. */
export function olderOf(a: KubeMinor, b: KubeMinor): KubeMinor {
  return minor(a) < minor(b) ? a : b;
}

/** Every Kubernetes minor from v1.0 to the given one. */
export function minorsThrough(newest: KubeMinor): KubeMinor[] {
  return Array.from({ length: minor(newest) + 1 }, (_, index): KubeMinor => `v1.${index}`);
}
