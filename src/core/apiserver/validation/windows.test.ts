import assert from "node:assert/strict";
import { test } from "node:test";
import type { JsonObject } from "../../model/json.ts";
import { completeWorld, type WorldFile } from "../../model/world.ts";
import { apiserver } from "../apiserver.ts";

const C = { name: "c", image: "r.test/app:1" };

/** Causes of a Pod with this spec, as `field: message`. */
function causesOf(spec: object, file: WorldFile = {}): string[] {
  const object = { apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec } as JsonObject;
  const { out } = apiserver({ operation: "create", kind: "Pod", object }, completeWorld(file));
  const causes = (out.status?.details?.["causes"] ?? []) as unknown as readonly {
    readonly field: string;
    readonly message: string;
  }[];
  return causes.map(({ field, message }) => `${field}: ${message}`);
}

const NOT_HERE = "Forbidden: cannot be set for a windows pod";

/** One refused field at a time, so that the order of the list cannot hide one. */
function refusedFields(values: JsonObject, at: (own: JsonObject) => object): string[] {
  return Object.entries(values)
    .filter(([name, value]) => {
      const causes = causesOf({
        containers: [C],
        os: { name: "windows" },
        ...at({ [name]: value }),
      });
      return causes.some((cause) => cause.endsWith(`.${name}: ${NOT_HERE}`));
    })
    .map(([name]) => name);
}

test("fields of Linux in a Windows pod, at every level", () => {
  const both = {
    appArmorProfile: { type: "RuntimeDefault" },
    seLinuxOptions: { type: "t" },
    seccompProfile: { type: "RuntimeDefault" },
    runAsUser: 1,
    runAsGroup: 1,
  };
  const ofPod = {
    ...both,
    fsGroup: 1,
    fsGroupChangePolicy: "Always",
    sysctls: [{ name: "kernel.shm_rmid_forced", value: "1" }],
    supplementalGroups: [1],
    supplementalGroupsPolicy: "Merge",
    seLinuxChangePolicy: "Recursive",
  };
  const ofContainer = {
    ...both,
    capabilities: {},
    readOnlyRootFilesystem: false,
    privileged: false,
    allowPrivilegeEscalation: true,
    procMount: "Default",
  };
  const ofSpec = { hostUsers: true, hostPID: true, hostIPC: true, shareProcessNamespace: false };
  const rows: [JsonObject, (own: JsonObject) => object][] = [
    [ofPod, (securityContext) => ({ securityContext })],
    [ofSpec, (own) => own],
    [ofContainer, (securityContext) => ({ containers: [{ ...C, securityContext }] })],
    [
      ofContainer,
      (securityContext) => ({ initContainers: [{ ...C, name: "i", securityContext }] }),
    ],
  ];
  for (const [values, at] of rows) {
    assert.deepEqual(refusedFields(values, at), Object.keys(values));
  }
  const allowed = { runAsNonRoot: true, windowsOptions: { runAsUserName: "u" } };
  const spec = { os: { name: "windows" }, hostPID: false, hostNetwork: true, containers: [C] };
  assert.deepEqual(causesOf({ ...spec, securityContext: { ...allowed, sysctls: [] } }), []);
  const { os, ...anywhere } = spec;
  assert.deepEqual(causesOf({ ...anywhere, securityContext: { ...allowed, runAsUser: 1 } }), []);
});

test("windowsOptions in a Linux pod", () => {
  const securityContext = { windowsOptions: {} };
  const detail = "windowsOptions: Forbidden: windows options cannot be set for a linux pod";
  const containers = [{ ...C, securityContext }];
  assert.deepEqual(causesOf({ os: { name: "linux" }, securityContext, containers }), [
    `spec.securityContext.${detail}`,
    `spec.containers[0].securityContext.${detail}`,
  ]);
});

test("windowsOptions: names, sizes and characters", () => {
  const long = (length: number) => "a".repeat(length);
  const name = (problem: string) => [`runAsUserName: ${problem}`];
  const rows: [string, string, readonly string[]][] = [
    ["runAsUserName", "", name("runAsUserName cannot be an empty string")],
    ["runAsUserName", "a\tb", name("runAsUserName cannot contain control characters")],
    ["runAsUserName", "a\\b\\c", name("runAsUserName cannot contain more than one backslash")],
    [
      "runAsUserName",
      `${Array(5).fill(long(63)).join(".")}\\u`,
      name("runAsUserName's Domain length must be under 256 characters"),
    ],
    [
      "runAsUserName",
      "a_b_c_d_e_f_g_h_i\\u",
      name("runAsUserName's Domain doesn't match the NetBios nor the DNS format"),
    ],
    ["runAsUserName", "domain\\", name("runAsUserName's User cannot be empty")],
    [
      "runAsUserName",
      long(105),
      name("runAsUserName's User length must not be longer than 104 characters"),
    ],
    ["runAsUserName", ". .", name("runAsUserName's User cannot contain only periods or spaces")],
    [
      "runAsUserName",
      "a:b",
      name("runAsUserName's User cannot contain the following characters: \"/\\:;|=,+*?<>@[]"),
    ],
    [
      "gmsaCredentialSpec",
      "",
      ["gmsaCredentialSpec: gmsaCredentialSpec cannot be an empty string"],
    ],
    [
      "gmsaCredentialSpec",
      long(64 * 1024 + 1),
      ["gmsaCredentialSpec: gmsaCredentialSpec size must be under 64 KiB"],
    ],
    ["runAsUserName", long(104), []],
    ["runAsUserName", "NT AUTHORITY\\SYSTEM", []],
    ["runAsUserName", "a.example\\u", []],
    ["gmsaCredentialSpec", long(64 * 1024), []],
    ["gmsaCredentialSpecName", "a.b-c", []],
  ];
  for (const [key, value, problems] of rows) {
    const expected = problems.map((problem) => {
      const [field = "", detail = ""] = problem.split(/: (.*)/s);
      return `spec.securityContext.windowsOptions.${field}: Invalid value: ${JSON.stringify(value)}: ${detail}`;
    });
    const securityContext = { windowsOptions: { [key]: value } };
    assert.deepEqual(causesOf({ securityContext, containers: [C] }), expected);
  }
  const named = { windowsOptions: { gmsaCredentialSpecName: "A" } };
  const [cause = ""] = causesOf({ containers: [{ ...C, securityContext: named }] });
  assert.match(
    cause,
    /^spec\.containers\[0\]\.securityContext\.windowsOptions\.gmsaCredentialSpecName: Invalid value: "A": a lowercase RFC 1123 subdomain must consist of/,
  );
});

test("host process containers: all of them, on the host's network, where privilege is allowed", () => {
  const options = (hostProcess: boolean) => ({
    securityContext: { windowsOptions: { hostProcess } },
  });
  const identical = (was: boolean) =>
    `spec.containers[0].securityContext.windowsOptions.hostProcess: Invalid value: ${!was}: pod hostProcess value must be identical if both are specified, was ${was}`;
  const all =
    'spec: Invalid value: "": If pod contains any hostProcess containers then all containers must be HostProcess containers';
  const network =
    "spec.hostNetwork: Invalid value: false: hostNetwork must be true if pod contains any hostProcess containers";
  const policy = "spec: Forbidden: hostProcess containers are disallowed by cluster policy";
  const two = [
    { ...C, ...options(true) },
    { ...C, name: "d" },
  ];
  const rows: [object, boolean, readonly string[]][] = [
    [{ ...options(true), hostNetwork: true, containers: [C] }, true, []],
    [{ ...options(true), containers: [C] }, true, [network]],
    [{ ...options(true), hostNetwork: true, containers: [C] }, false, [policy]],
    [{ hostNetwork: true, containers: two }, true, [all]],
    [{ containers: two }, false, [all, network, policy]],
    [{ ...options(true), containers: [{ ...C, ...options(false) }] }, true, [identical(true)]],
    [
      { ...options(false), hostNetwork: true, containers: [{ ...C, ...options(true) }] },
      true,
      [identical(false)],
    ],
    [{ ...options(false), containers: [C] }, false, []],
  ];
  for (const [spec, allowPrivileged, causes] of rows) {
    assert.deepEqual(causesOf(spec, { allowPrivileged }), causes);
  }
});
