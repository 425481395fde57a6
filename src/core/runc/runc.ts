// runc: its validation of a spec, what it warns of, and which of its kernel calls will be refused.
import type { OciSpec } from "../model/oci.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";

export interface RuncInput {
  readonly spec: OciSpec;
}
export interface RuncAnswer {
  readonly ok?: true;
  readonly error?: string;
  readonly warnings: readonly string[];
}

export function runc(
  _input: RuncInput,
  _world: World,
  _options?: StageOptions,
): StageReport<RuncAnswer> {
  throw new Error("not built");
}
