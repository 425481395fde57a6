// kube-apiserver: decoding, defaulting and validation of what bears on security.
import type { JsonObject } from "../model/json.ts";
import type { PodSpec } from "../model/pod.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { World } from "../model/world.ts";

/** `object` (already parsed) or `raw` (the request's exact text). */
export interface ApiRequest {
  readonly operation: "create" | "ephemeral";
  readonly kind: string;
  readonly object?: JsonObject;
  readonly raw?: string;
  /** The running pod, for operation ephemeral. */
  readonly base?: JsonObject;
  readonly fieldValidation?: "Ignore" | "Warn" | "Strict";
}
export interface Status {
  readonly kind: "Status";
  readonly apiVersion: "v1";
  readonly metadata: JsonObject;
  readonly status: "Failure";
  readonly message: string;
  readonly reason: string;
  readonly details?: JsonObject;
  readonly code: number;
}
export interface ApiAnswer {
  readonly scope: "security";
  readonly code: number;
  readonly status: Status | null;
  readonly warnings: readonly string[];
  /** The defaulted pod spec (of a workload: of its template). */
  readonly spec: PodSpec | null;
  readonly annotations?: Readonly<Record<string, string>>;
}

export function apiserver(
  _request: ApiRequest,
  _world: World,
  _options?: StageOptions,
): StageReport<ApiAnswer> {
  throw new Error("not built");
}
