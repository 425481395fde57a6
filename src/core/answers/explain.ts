// What every container will really have, and where it came from: a journey as the stable document of `explain -o jsonl`.

import type { ApiAnswer } from "../apiserver/apiserver.ts";
import type { ContainerWalk } from "../journey/runtime.ts";
import { findingsOf, type Journey } from "../journey.ts";
import type { KubeletAnswer } from "../kubelet/kubelet.ts";
import type { PodDocument } from "../manifest/manifest.ts";
import type { DockerConfig, HostConfig } from "../model/docker.ts";
import { toPointer } from "../model/finding.ts";
import type { OciSpec } from "../model/oci.ts";
import type { ProcStatus } from "../model/proc.ts";
import type { Setting, Source } from "../model/setting.ts";
import type { RuntimeFacts } from "../model/world.ts";
import type { Level, PodSecurityResult } from "../podsecurity/podsecurity.ts";
import {
  type AnswerHead,
  headOf,
  type Place,
  type PlacedFinding,
  placeFinding,
  placeOf,
} from "./place.ts";
import { type SettingRow, settingsOf } from "./settings.ts";

export type { Place, PlacedFinding } from "./place.ts";

/** As model/setting.ts says it, with the place of a manifest source. */
export type PlacedSource =
  | ({ readonly kind: "manifest"; readonly path: string } & Partial<Place>)
  | Exclude<Source, { readonly kind: "manifest" }>;
export interface PlacedSetting {
  readonly value: unknown;
  readonly source: PlacedSource;
  readonly was?: PlacedSetting;
}
export interface ExplainSetting extends PlacedSetting {
  readonly container: string;
  readonly field: string;
}
/** One line of `explain -o jsonl`. Later stages are null where an earlier one refused. */
export interface ExplainLine extends AnswerHead {
  readonly apiserver: Omit<ApiAnswer, "annotations"> & { readonly accepted: boolean };
  readonly podSecurity: {
    readonly baseline: Verdict;
    readonly restricted: Verdict;
    readonly highest: Level;
    /** The 403 text, where the world's namespace enforces a level that the pod does not meet. */
    readonly refusal?: string;
  };
  readonly kubelet: Pick<KubeletAnswer, "admission" | "sandbox" | "containers"> | null;
  readonly runtime:
    | (Pick<RuntimeFacts, "name" | "version" | "ociRuntime"> & {
        readonly containers: readonly RuntimeContainer[];
      })
    | null;
  readonly kernel: {
    readonly containers: readonly KernelContainer[];
  } | null;
  readonly settings: readonly ExplainSetting[];
  readonly findings: readonly PlacedFinding[];
  /** Versions of which no recording exists. */
  readonly unverified?: readonly string[];
}
export interface Verdict {
  readonly allowed: boolean;
  /** `host namespaces, hostPort`; "" where allowed. */
  readonly reason: string;
  /** The whole 403 text; "" where allowed. */
  readonly message: string;
}
export interface KernelContainer {
  readonly name: string;
  readonly status: ProcStatus | null;
  /** What the status rests on and nobody told: with `image.passwd` Gid and Groups are those of an image that has none. */
  readonly unknown?: readonly string[];
}
export interface RuntimeContainer {
  readonly name: string;
  readonly spec: OciSpec | null;
  readonly config?: DockerConfig;
  readonly hostConfig: HostConfig | null;
  readonly error: string | null;
}

/** The whole answer for one pod. */
export function explain(journey: Journey): ExplainLine {
  const { document, world } = journey;
  const { status, warnings, spec, scope, code } = journey.apiserver.out;
  const { baseline, restricted, highest, refusal } = journey.podSecurity;
  const { runtime } = world;
  return {
    ...headOf(document, world),
    apiserver: { accepted: status === null, code, status, warnings, spec, scope },
    podSecurity: {
      baseline: verdictOf(baseline),
      restricted: verdictOf(restricted),
      highest,
      ...(refusal === undefined ? {} : { refusal }),
    },
    kubelet:
      journey.kubelet === null
        ? null
        : {
            admission: journey.kubelet.out.admission,
            sandbox: journey.kubelet.out.sandbox,
            containers: journey.kubelet.out.containers,
          },
    runtime:
      journey.containers === null
        ? null
        : {
            name: runtime.name,
            version: runtime.version,
            ociRuntime: runtime.ociRuntime,
            containers: journey.containers.map(runtimeContainer),
          },
    kernel:
      journey.containers === null ? null : { containers: journey.containers.map(kernelContainer) },
    settings: settingsOf(journey).map((row) => placeRow(row, document)),
    findings: findingsOf(journey).map((finding) => placeFinding(finding, document)),
    ...unverified(journey),
  };
}

function kernelContainer({ name, status, unknown }: ContainerWalk): KernelContainer {
  return unknown.length === 0 ? { name, status } : { name, status, unknown };
}

export function verdictOf({ allowed, reason, message }: PodSecurityResult): Verdict {
  return { allowed, reason, message };
}

function runtimeContainer(walk: ContainerWalk): RuntimeContainer {
  const { name, spec, config, hostConfig, error } = walk;
  return { name, spec, ...(config === null ? {} : { config }), hostConfig, error };
}

function placeRow(row: SettingRow, document: PodDocument): ExplainSetting {
  return {
    container: row.container,
    field: row.field,
    ...placeSetting(row.setting, document),
  };
}

function placeSetting(setting: Setting<unknown>, document: PodDocument): PlacedSetting {
  return {
    value: setting.value,
    source: placeSource(setting.source, document),
    ...(setting.was === undefined ? {} : { was: placeSetting(setting.was, document) }),
  };
}

/** A manifest source with its line and column; others as they are. */
export function placeSource(source: Source, document: PodDocument): PlacedSource {
  if (source.kind !== "manifest") return source;
  const path = [...document.workload.podPath, ...source.path];
  return { kind: "manifest", path: toPointer(path), ...placeOf(path, document) };
}

function unverified(journey: Journey): { unverified?: readonly string[] } {
  const names = journey.unverified;
  return names.length === 0 ? {} : { unverified: names };
}
