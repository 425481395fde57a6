// dockershim of the kubelet 1.23: CRI documents → Docker's create requests, or its refusal.
import type { LinuxContainerSecurityContext, LinuxPodSandboxConfig } from "../model/cri.ts";
import type { DockerConfig, HostConfig } from "../model/docker.ts";
import type { Finding } from "../model/finding.ts";
import type { StageOptions, StageReport } from "../model/report.ts";
import type { ImageFacts, World } from "../model/world.ts";
import { type CriSecurityContext, readSecurityContext } from "../rules/criSecurityContext.ts";
import { goQuote } from "../rules/goText.ts";
import { modifyContainerConfig } from "./modifyContainerConfig.ts";
import { modifyHostConfig, orNull } from "./modifyHostConfig.ts";
import {
  modifyContainerNamespaceOptions,
  modifySandboxNamespaceOptions,
} from "./namespaceOptions.ts";
import {
  getSandBoxSecurityOpts,
  getSecurityOpts,
  SECURITY_OPT_SEPARATOR,
  seccompProfileOf,
} from "./securityOpts.ts";
import { traceOf } from "./trace.ts";

export interface DockershimInput {
  readonly sandbox: LinuxPodSandboxConfig;
  readonly container: LinuxContainerSecurityContext;
  readonly image: ImageFacts;
  /** `metadata.name` of the CRI messages: they stand in the refusals. */
  readonly names?: { readonly pod?: string; readonly container?: string };
}
export interface DockerRequest {
  readonly config: DockerConfig;
  readonly hostConfig: HostConfig;
}
export interface DockershimAnswer {
  readonly step: "ok" | "sandbox" | "create";
  readonly config?: DockerConfig;
  readonly hostConfig?: HostConfig;
  readonly sandbox?: DockerRequest;
  readonly error?: string;
  /** Parts of the world that the request would need and nobody told. */
  readonly unknown?: readonly string[];
}

/** RunPodSandbox, then CreateContainer, each up to the request that goes to the daemon. */
export function dockershim(
  input: DockershimInput,
  world: World,
  options: StageOptions = {},
): StageReport<DockershimAnswer> {
  const sc = readSecurityContext(input.container);
  const out = answer(input, sc, world);
  return {
    stage: "dockershim",
    out,
    trace: options.trace === true && out.error === undefined ? traceOf(sc, out) : [],
    gates: [
      {
        id: `dockershim.${out.step === "sandbox" ? "makeSandboxDockerConfig" : "CreateContainer"}`,
        stage: "dockershim",
        ...refusal(out),
      },
    ],
    findings: Object.values(refusal(out)),
  };
}

function answer(input: DockershimInput, sc: CriSecurityContext, world: World): DockershimAnswer {
  const sandbox = makeSandboxDockerConfig(input.sandbox);
  if (sandbox.error !== undefined) {
    const pod = goQuote(input.names?.pod ?? "");
    return {
      step: "sandbox",
      error: `failed to make sandbox docker config for pod ${pod}: ${sandbox.error}`,
    };
  }
  const made = containerRequest(sc, goQuote(input.names?.container ?? ""), world);
  if (made.error !== undefined)
    return { step: "create", sandbox: sandbox.request, error: made.error };
  return {
    step: "ok",
    ...made.request,
    sandbox: sandbox.request,
    ...(made.unknown === undefined ? {} : { unknown: [made.unknown] }),
  };
}

type RequestOrError =
  | { readonly request: DockerRequest; readonly unknown?: string; readonly error?: undefined }
  | { readonly error: string };

/** @see kubernetes v1.23.17 pkg/kubelet/dockershim/docker_sandbox.go makeSandboxDockerConfig, security_context.go applySandboxSecurityContext */
function makeSandboxDockerConfig({
  security_context,
  sysctls,
}: LinuxPodSandboxConfig): RequestOrError {
  // Of a sandbox's context these alone are read.
  const {
    selinux,
    runAsUser,
    runAsGroup,
    supplementalGroups,
    readonlyRootfs,
    privileged,
    ...rest
  } = readSecurityContext(security_context);
  const sc = {
    ...readSecurityContext({}),
    ...{ selinux, runAsUser, runAsGroup, supplementalGroups, readonlyRootfs, privileged },
    ...{ network: rest.network, pid: rest.pid, ipc: rest.ipc },
  };
  const user = modifyContainerConfig(sc);
  if (user.error !== undefined) return user;
  const draft = modifyHostConfig(sc, SECURITY_OPT_SEPARATOR);
  const hostConfig = {
    ...draft,
    ...modifySandboxNamespaceOptions(sc),
    SecurityOpt: [...draft.SecurityOpt, ...getSandBoxSecurityOpts()],
    ...(sysctls === undefined || Object.keys(sysctls).length === 0 ? {} : { Sysctls: sysctls }),
  };
  return { request: { config: user.config, hostConfig } };
}

/** @see docker_container.go CreateContainer, helpers_linux.go updateCreateConfig */
function containerRequest(sc: CriSecurityContext, name: string, world: World): RequestOrError {
  const user = modifyContainerConfig(sc);
  if (user.error !== undefined) {
    return {
      error: `failed to update container create config: failed to apply container security context for container ${name}: ${user.error}`,
    };
  }
  const draft = modifyHostConfig(sc, SECURITY_OPT_SEPARATOR);
  const seccomp = getSecurityOpts(seccompProfileOf(sc), SECURITY_OPT_SEPARATOR, world);
  if (seccomp.error !== undefined) {
    return { error: `failed to generate security options for container ${name}: ${seccomp.error}` };
  }
  const hostConfig = {
    ...draft,
    ...modifyContainerNamespaceOptions(sc),
    SecurityOpt: orNull([...draft.SecurityOpt, ...seccomp.opts]),
  };
  const request = { config: user.config, hostConfig };
  return seccomp.unknown === undefined ? { request } : { request, unknown: seccomp.unknown };
}

function refusal({ step, error }: DockershimAnswer): { finding?: Finding } {
  if (error === undefined) return {};
  return {
    finding: {
      id: `dockershim.${step}`,
      stage: "dockershim",
      severity: "refusal",
      path: [],
      message: error,
      origin: "dockershim v1.23",
    },
  };
}
