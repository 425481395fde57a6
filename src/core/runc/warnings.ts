// What runc only warns of, in its log: no engine shows these texts to anyone.
// @see runc v1.3.6 libcontainer/capabilities/capabilities.go New, ApplyCaps; libcontainer/specconv/spec_linux.go createLibcontainerMount
import { atRelease, type ReleasedRows } from "../model/version.ts";
import type { StepInput } from "./step.ts";

/** Ambient capabilities that cannot be raised were dropped silently before. */
const AMBIENT: ReleasedRows<(name: string) => string> = [
  {
    since: "1.2",
    value: (name) => `can't raise ambient capability ${name}: operation not permitted`,
  },
];

export function warningsOf({ spec, world, credentials }: StepInput): readonly string[] {
  const { unknown, ambientRefused } = credentials();
  const ambient = atRelease(AMBIENT, world.runtime.ociRuntime.version);
  return [
    ...(spec.mounts ?? [])
      .filter(({ destination }) => !destination.startsWith("/"))
      .map(
        ({ destination }) =>
          `mount destination ${destination} is not absolute. Support for non-absolute mount destinations will be removed in a future release.`,
      ),
    ...(unknown.length === 0
      ? []
      : [`ignoring unknown or unavailable capabilities: [${unknown.join(" ")}]`]),
    ...(ambient === undefined ? [] : ambientRefused.map(ambient)),
  ];
}
