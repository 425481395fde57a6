// The recordings of kube-apiserver against secctx's prediction.
import {
  type ApiAnswer,
  type ApiRequest,
  apiserver,
  type Status,
} from "../../src/core/apiserver/apiserver.ts";
import type { JsonObject } from "../../src/core/model/json.ts";
import type { Container, PodSpec } from "../../src/core/model/pod.ts";
import { completeWorld, type World, type WorldFile } from "../../src/core/model/world.ts";
import { type GoldenCase, type GoldenSuite, goldenJson, goldenRows } from "../golden.ts";

const FOLDER = "kube-apiserver-1.37.2";

interface Row {
  readonly name: string;
  readonly op: "create" | "ephemeral" | "update";
  readonly kind: string;
  readonly request: string;
  readonly pod?: JsonObject;
  readonly object?: JsonObject;
  readonly raw?: string;
  readonly basePod?: string;
  readonly code: number;
  readonly warnings: readonly string[];
  readonly defaulted?: {
    readonly spec: PodSpec;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly status?: Status;
  readonly orderVaries?: boolean;
}

/** Each variant's file holds only the rows that differ from the main server's; the others hold there too. */
const VARIANTS: readonly (readonly [version: string, world: WorldFile, file?: string])[] = [
  ["1.37.2", {}],
  ["1.37.2 --allow-privileged=false", { allowPrivileged: false }, "noprivileged"],
  [
    "1.37.2 UserNamespacesHostNetworkSupport=true",
    { featureGates: { UserNamespacesHostNetworkSupport: true } },
    "userns-hostnetwork",
  ],
  ["1.37.2 SELinuxMount=false", { featureGates: { SELinuxMount: false } }, "selinuxmount-off"],
  ["1.37.2 --emulated-version=1.36", { kubernetes: "v1.36" }, "emulated-1.36"],
  ["1.37.2 --emulated-version=1.35", { kubernetes: "v1.35" }, "emulated-1.35"],
  ["1.37.2 --emulated-version=1.34", { kubernetes: "v1.34" }, "emulated-1.34"],
];

export const APISERVER_SUITES: readonly GoldenSuite[] = VARIANTS.map(
  ([version, file, variant]) => ({
    system: "kube-apiserver",
    version,
    cases: () => cases(completeWorld(file), variant),
  }),
);

function* cases(world: World, variant: string | undefined): Iterable<GoldenCase> {
  const bases = goldenJson<Record<string, JsonObject>>(`${FOLDER}/eph-bases.json`);
  const differing = new Map<string, Row>();
  if (variant !== undefined) {
    for (const row of goldenRows<Row>(`${FOLDER}/variant-${variant}.jsonl`))
      differing.set(row.name, row);
  }
  for (const main of goldenRows<Row>(`${FOLDER}/validation.jsonl`)) {
    const row = differing.get(main.name) ?? main;
    if (row.op === "update") continue;
    // A server that refuses the running pod itself was never asked about its ephemeral containers.
    if (row === main && !isRunning(bases[main.basePod ?? ""], world)) continue;
    yield {
      name: row.name,
      expected: expected(row),
      predict: () =>
        viewAnswer(apiserver(requestOf(row, bases), world).out, row.orderVaries === true),
    };
  }
}

function isRunning(base: JsonObject | undefined, world: World): boolean {
  if (base === undefined) return true;
  return apiserver({ operation: "create", kind: "Pod", object: base }, world).out.code === 201;
}

function requestOf(row: Row, bases: Readonly<Record<string, JsonObject>>): ApiRequest {
  const base = row.basePod === undefined ? undefined : bases[row.basePod];
  const object = row.object ?? row.pod;
  const [, fieldValidation] = /fieldValidation=(\w+)/.exec(row.request) ?? [];
  return {
    operation: row.op === "ephemeral" ? "ephemeral" : "create",
    kind: row.kind,
    ...(object === undefined ? {} : { object }),
    ...(row.raw === undefined ? {} : { raw: row.raw }),
    ...(base === undefined ? {} : { base }),
    ...(fieldValidation === undefined ? {} : { fieldValidation }),
  };
}

function expected(row: Row): unknown {
  const { code, warnings, status = null, defaulted } = row;
  const { spec = null, annotations } = defaulted ?? {};
  const answer = { scope: "security", code, status, warnings, spec } as const;
  return viewAnswer(
    { ...answer, ...(annotations === undefined ? {} : { annotations }) },
    row.orderVaries === true,
  );
}

/** What the recording's README says is compared. */
export function viewAnswer(
  { code, status, warnings, spec, annotations }: ApiAnswer,
  orderVaries: boolean,
): unknown {
  return {
    code,
    warnings,
    status: status === null ? null : viewStatus(status, orderVaries),
    spec: spec === null ? null : viewSpec(spec),
    annotations,
  };
}

function viewStatus(status: Status, orderVaries: boolean): unknown {
  if (!orderVaries) return status;
  const causes = status.details?.["causes"] as unknown as readonly {
    field: string;
    message: string;
  }[];
  const texts = causes.map(({ field, message }) => `${field}: ${message}`);
  // The order of the causes is free, but the message must have the same.
  const message = status.message.replace(texts.join(", "), "…");
  return { ...status, message, details: { ...status.details, causes: texts.sort() } };
}

function viewSpec(spec: PodSpec): unknown {
  const { securityContext, hostNetwork, hostPID, hostIPC, hostUsers, shareProcessNamespace, os } =
    spec;
  return {
    securityContext,
    hostNetwork,
    hostPID,
    hostIPC,
    hostUsers,
    shareProcessNamespace,
    os,
    containers: spec.containers.map(viewContainer),
    initContainers: spec.initContainers?.map(viewContainer),
    ephemeralContainers: spec.ephemeralContainers?.map(viewContainer),
  };
}

function viewContainer({ name, securityContext, ports, restartPolicy }: Container): unknown {
  return { name, securityContext, ports, restartPolicy };
}
