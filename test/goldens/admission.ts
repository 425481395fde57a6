// The recordings of Pod Security admission on a real API server: namespaces, workloads, exemptions.
import type { JsonObject } from "../../src/core/model/json.ts";
import type { Pod } from "../../src/core/model/pod.ts";
import { completeWorld, DEFAULT_WORLD, type World } from "../../src/core/model/world.ts";
import type { AdmissionAnswer, AdmissionInput } from "../../src/core/podsecurity/admission.ts";
import { admit } from "../../src/core/stages/admission.ts";
import { type GoldenCase, type GoldenSuite, goldenRows } from "../golden.ts";

const FOLDER = "pod-security-0.37.2";
const LABEL = "pod-security.kubernetes.io/";

interface NamespaceRow {
  readonly name: string;
  /** `POST /api/v1/namespaces?dryRun=All`. */
  readonly request: string;
  readonly body: JsonObject;
  readonly code: number;
  readonly warnings: readonly string[];
  readonly status?: { readonly message: string; readonly details: JsonObject };
}
interface ConfigRow {
  readonly name: string;
  readonly namespace: string;
  readonly nsLabels: JsonObject;
  readonly user: string;
  readonly object: JsonObject;
  readonly code: number;
  readonly warnings: readonly string[];
  readonly message?: string;
  readonly auditAnnotations: JsonObject;
}
interface PsaRow {
  readonly name: string;
  readonly pod: JsonObject;
  /** By policy and kind: the warnings, or code and message of what validation refuses. */
  readonly warn?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
interface FixtureRow {
  readonly name: string;
  readonly level: string;
  readonly pod: JsonObject;
  readonly live: Readonly<Record<string, { readonly code: number; readonly message?: string }>>;
}

export const ADMISSION_SUITES: readonly GoldenSuite[] = [
  {
    system: "pod-security-admission",
    version: "0.37.2 namespaces",
    cases: () => goldenRows<NamespaceRow>(`${FOLDER}/psa-namespace.jsonl`).map(namespaceCase),
  },
  {
    system: "pod-security-admission",
    version: "0.37.2 defaults and exemptions",
    cases: () => goldenRows<ConfigRow>(`${FOLDER}/psa-admissionconfig.jsonl`).map(configCase),
  },
  {
    system: "pod-security-admission",
    version: "0.37.2 warnings",
    cases: () => goldenRows<PsaRow>(`${FOLDER}/psa.jsonl`).flatMap(warningCases),
  },
  {
    system: "pod-security-admission",
    version: "0.37.2 upstream's fixtures on the server",
    cases: () => goldenRows<FixtureRow>(`${FOLDER}/psa-fixtures.jsonl`).flatMap(fixtureCases),
  },
];

function answerOf(input: AdmissionInput, world: World): AdmissionAnswer {
  return admit(input, world).out;
}

/** The namespaces that stood on the server, as the names of the rows tell. */
const STANDING: Readonly<Record<string, JsonObject>> = {
  nscombo: namespaceOf("nscombo", {
    [`${LABEL}enforce`]: "baseline",
    [`${LABEL}enforce-version`]: "v1.37",
    [`${LABEL}warn`]: "restricted",
    [`${LABEL}warn-version`]: "v1.37",
  }),
  nsunk: namespaceOf("nsunk", {
    [`${LABEL}enforce`]: "baseline",
    [`${LABEL}enforce-version`]: "v1.99",
  }),
  nsexist: namespaceOf("nsexist", {}),
};

/** What ran in nsexist, as the README of the recording says. */
const EXISTING_PODS = [
  existingPod("aaa", {}, { privileged: true }),
  existingPod("bbb", {}, { privileged: true }),
  existingPod("ccc", {}, { privileged: true }),
  existingPod("ddd", { hostPID: true }),
  existingPod("eee", {}),
];

function existingPod(name: string, spec: object, securityContext?: object): Pod {
  const container = { name: "c", ...(securityContext === undefined ? {} : { securityContext }) };
  return { metadata: { name }, spec: { ...spec, containers: [container] } };
}

function namespaceOf(name: string, labels: JsonObject): JsonObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name, labels } };
}

function namespaceCase(row: NamespaceRow): GoldenCase {
  const name = /\/namespaces\/([^/?]+)/.exec(row.request)?.[1];
  const namespace = name === undefined ? null : (STANDING[name] ?? null);
  return {
    name: row.name,
    expected: {
      code: row.code,
      warnings: row.warnings,
      message: row.status?.message ?? null,
      details: row.status?.details,
    },
    predict: () => {
      const input = { namespace, object: row.body, existingPods: EXISTING_PODS };
      const { code, warnings, message, status } = answerOf(input, DEFAULT_WORLD);
      return { code, warnings, message, details: status?.details };
    },
  };
}

/** admission-configuration.yaml of the recording. */
const CONFIGURED = completeWorld({
  podSecurity: {
    defaults: {
      enforce: "baseline",
      "enforce-version": "v1.30",
      audit: "restricted",
      "audit-version": "latest",
      warn: "restricted",
      "warn-version": "v1.24",
    },
    exemptions: {
      usernames: ["exempt-user"],
      runtimeClasses: ["sandboxed"],
      namespaces: ["exempt-ns"],
    },
  },
});

/** The recording has the tokens of its two users. */
const USERS: Readonly<Record<string, string>> = {
  oracletoken: "admin",
  exempttoken: "exempt-user",
};

function configCase(row: ConfigRow): GoldenCase {
  const { code, warnings, auditAnnotations } = row;
  return {
    name: row.name,
    expected: { code, warnings, auditAnnotations, message: row.message ?? null },
    predict: () => {
      const namespace = namespaceOf(row.namespace, row.nsLabels);
      const input = { namespace, object: row.object, user: USERS[row.user] ?? row.user };
      return { ...answerOf(input, CONFIGURED), status: undefined };
    },
  };
}

/** Pods, and Deployments of them, where a level is only warned about and audited. */
function warningCases(row: PsaRow): GoldenCase[] {
  return Object.entries(row.warn ?? {}).flatMap(([policy, byKind]) =>
    Object.entries(byKind).map(([kind, warnings]) => ({
      name: `${row.name} ${policy} ${kind}`,
      expected: warnings,
      predict: () => {
        const [level = "", version = ""] = policy.split(":");
        const labels = {
          [`${LABEL}warn`]: level,
          [`${LABEL}warn-version`]: version,
          [`${LABEL}audit`]: level,
          [`${LABEL}audit-version`]: version,
        };
        const object = kind === "Pod" ? row.pod : deploymentOf(row.pod);
        const oldObject = kind === "Pod" ? runningPod(row.pod) : null;
        const input = { namespace: namespaceOf("ns", labels), object, oldObject };
        const { code, message, warnings: told } = answerOf(input, DEFAULT_WORLD);
        return message === null ? told : { code, message };
      },
    })),
  );
}

/** Ephemeral containers were put into a pod that ran already. */
function runningPod(pod: JsonObject): JsonObject | null {
  const { ephemeralContainers, ...spec } = pod["spec"] as JsonObject;
  return ephemeralContainers === undefined ? null : { ...pod, spec };
}

function deploymentOf(pod: JsonObject): JsonObject {
  const { metadata = {}, spec = {} } = pod;
  const app = { app: "x" };
  const template = { metadata: { ...(metadata as JsonObject), labels: app }, spec };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: (metadata as JsonObject)["name"] ?? "" },
    spec: { selector: { matchLabels: app }, template },
  };
}

/** Pods that validation refuses (422) never reach Pod Security. */
function fixtureCases(row: FixtureRow): GoldenCase[] {
  return Object.entries(row.live)
    .filter(([, { code }]) => code !== 422)
    .map(([version, { code, message = null }]) => ({
      name: `${row.name} ${version}`,
      expected: { code, message },
      predict: () => {
        const labels = { [`${LABEL}enforce`]: row.level, [`${LABEL}enforce-version`]: version };
        const namespace = namespaceOf("ns", labels);
        const found = answerOf({ namespace, object: row.pod }, DEFAULT_WORLD);
        return { code: found.code, message: found.message };
      },
    }));
}
