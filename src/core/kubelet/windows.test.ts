import assert from "node:assert/strict";
import { test } from "node:test";
import { one, walk } from "../../../test/walkPod.ts";
import type { WorldFile } from "../model/world.ts";

const IMAGES = {
  user: { user: "ContainerUser" },
  admin: { user: "containerADMINISTRATOR" },
  number: { user: "0" },
  none: { user: "" },
};
const WINDOWS: WorldFile = { node: { os: "windows" }, images: IMAGES };
const WHO = '(pod: "p_n(u)", container: c)';

/** One container of a Windows node. */
function onWindows(own: object, podLevel: object = {}, spec: object = {}, file: WorldFile = {}) {
  return one(own, podLevel, { ...WINDOWS, ...file }, { image: "user", ...spec });
}

test("the container's document: names, the GMSA pair from one level, host process", () => {
  const gmsa = { gmsaCredentialSpecName: "n", gmsaCredentialSpec: "{}" };
  const rows: [object, object, string, object][] = [
    [{}, {}, "none", {}],
    [{}, {}, "number", {}],
    [{}, {}, "user", { run_as_username: "ContainerUser" }],
    [{ runAsUserName: "A\\b" }, {}, "user", { run_as_username: "A\\b" }],
    [{ runAsUserName: "" }, {}, "user", {}],
    [{}, { runAsUserName: "p" }, "user", { run_as_username: "p" }],
    [
      { runAsUserName: "c" },
      { runAsUserName: "p", ...gmsa },
      "none",
      { run_as_username: "c", credential_spec: "{}" },
    ],
    [{ gmsaCredentialSpecName: "m" }, gmsa, "none", {}],
    [{ gmsaCredentialSpec: "[]" }, gmsa, "none", { credential_spec: "[]" }],
    [{}, gmsa, "user", { run_as_username: "ContainerUser", credential_spec: "{}" }],
  ];
  for (const [own, podLevel, image, context] of rows) {
    const { out } = onWindows({ windowsOptions: own }, { windowsOptions: podLevel }, { image });
    const { config } = out.containers[0] ?? {};
    assert.deepEqual(config, { windows: { security_context: context }, mounts: config?.mounts });
  }
});

test("the sandbox has both documents; the Linux one is without ids and labels", () => {
  const podLevel = {
    runAsUser: 1,
    runAsGroup: 2,
    fsGroup: 3,
    supplementalGroups: [4],
    supplementalGroupsPolicy: "Strict",
    seLinuxOptions: { type: "t" },
    windowsOptions: { runAsUserName: "p", gmsaCredentialSpec: "{}", gmsaCredentialSpecName: "n" },
  };
  const { out } = walk(
    {
      hostUsers: false,
      hostPID: true,
      securityContext: podLevel,
      containers: [
        {
          name: "c",
          image: "user",
          securityContext: { privileged: true, windowsOptions: { runAsUserName: "c" } },
        },
      ],
    },
    WINDOWS,
  );
  assert.deepEqual(out.sandbox, {
    linux: {
      security_context: {
        privileged: true,
        seccomp: {},
        namespace_options: { pid: "NODE" },
        supplemental_groups: ["4"],
        supplemental_groups_policy: "Strict",
      },
    },
    windows: { security_context: { run_as_username: "p", credential_spec: "{}" } },
  });
  assert.equal("windows" in (walk({ containers: [] }).out.sandbox ?? {}), false);
});

test("host process containers: all of them, on the host's network, or no sandbox", () => {
  const host = { windowsOptions: { hostProcess: true } };
  const plain = { windowsOptions: { hostProcess: false } };
  const mixed = "pod must not contain both HostProcess and non-HostProcess containers";
  const network = "hostNetwork is required if Pod contains HostProcess containers";
  const denied =
    "pod must not contain any HostProcess containers if Pod's WindowsOptions.HostProcess is set to false";
  const gate =
    "pod contains HostProcess containers but feature 'WindowsHostProcessContainers' is not enabled";
  const off = { featureGates: { WindowsHostProcessContainers: false } };
  const rows: [object, object, object, boolean, WorldFile, string | undefined][] = [
    [host, {}, {}, true, {}, undefined],
    [{}, host, host, true, {}, undefined],
    [host, {}, plain, true, {}, mixed],
    [{}, host, {}, true, {}, mixed],
    [host, {}, {}, false, {}, network],
    [plain, host, host, true, {}, denied],
    [host, {}, {}, true, { kubernetes: "v1.22" }, gate],
    [host, {}, {}, false, { kubernetes: "v1.23", ...off }, gate],
    [host, {}, {}, false, off, network],
    [host, {}, {}, false, { kubernetes: "v1.21" }, "ignored"],
  ];
  for (const [podLevel, first, second, hostNetwork, file, problem] of rows) {
    const containers = [
      { name: "a", image: "none", securityContext: first },
      { name: "c", image: "none", securityContext: second },
    ];
    const { out } = walk(
      { hostNetwork, securityContext: podLevel, containers },
      { ...WINDOWS, ...file },
    );
    if (problem === undefined) {
      assert.deepEqual(out.sandbox?.windows, { security_context: { host_process: true } });
      assert.deepEqual(out.containers[1]?.config?.windows, out.sandbox?.windows);
    } else if (problem === "ignored") {
      assert.deepEqual(out.sandbox?.windows, { security_context: {} });
    } else {
      assert.equal(out.sandbox, null);
      const message = `Failed to create pod sandbox: ${problem}`;
      assert.deepEqual(out.events, [
        { type: "Warning", reason: "FailedCreatePodSandBox", message },
      ]);
      assert.equal(out.containers[0]?.notReached, "ContainerCreating");
    }
  }
});

test("runAsNonRoot: the one root has a name, and the status says whose", () => {
  const admin = (key: string, name: string) =>
    `container's ${key} (${name}) which will be regarded as root identity and will break non-root policy ${WHO}`;
  const named = { windowsOptions: { runAsUserName: "containeradministrator" } };
  const rows: [object, string, string | undefined][] = [
    [named, "user", admin("runAsUserName", "containeradministrator")],
    [{}, "admin", admin("runAsUser", "containerADMINISTRATOR")],
    [{ windowsOptions: { runAsUserName: "b" } }, "admin", undefined],
    [{ runAsUser: 0 }, "number", undefined],
    [{}, "none", undefined],
  ];
  for (const [own, image, message] of rows) {
    const { out } = onWindows({ runAsNonRoot: true, ...own }, {}, { image });
    const waiting = message && { reason: "CreateContainerConfigError", message };
    assert.deepEqual(out.containers[0]?.waiting, waiting ?? null);
    const failed = out.events.find(({ reason }) => reason === "Failed")?.message;
    assert.equal(failed, message && `Error: ${message}`);
  }
  const { findings } = onWindows({ runAsNonRoot: true }, named);
  assert.deepEqual(
    findings.map(({ path }) => path),
    [["spec", "securityContext", "windowsOptions"]],
  );
});

test("an image that nobody knows leaves the name out, unless the pod gives one", () => {
  const { out, findings } = onWindows({ runAsNonRoot: true }, {}, { image: "nosuch" });
  assert.deepEqual(out.containers[0]?.unknown, ["image.user"]);
  assert.deepEqual(
    findings.map(({ severity, message }) => [severity, message]),
    [["note", "refused if the image's user is ContainerAdministrator"]],
  );
  const named = onWindows({ windowsOptions: { runAsUserName: "b" } }, {}, { image: "nosuch" });
  assert.equal(named.out.containers[0]?.unknown, undefined);
});

test("fields of Linux are left out with a note each, at the author's place", () => {
  const podLevel = { runAsUser: 1, seccompProfile: { type: "RuntimeDefault" }, fsGroup: 2 };
  const own = {
    runAsGroup: 3,
    privileged: true,
    procMount: "Default",
    allowPrivilegeEscalation: true,
    readOnlyRootFilesystem: false,
    capabilities: { drop: ["ALL"] },
  };
  const notes = (asked: object) =>
    onWindows({ ...own, ...asked }, podLevel)
      .findings.filter(({ id }) => id === "kubelet.linuxOnly")
      .map(({ container, path, message }) => [container, path.join("."), message]);
  const left = "a Windows node's kubelet leaves";
  const container = "spec.containers.0.securityContext";
  assert.deepEqual(notes({}), [
    [undefined, "spec.securityContext.runAsUser", `${left} runAsUser out`],
    [undefined, "spec.securityContext.fsGroup", `${left} fsGroup out`],
    [undefined, "spec.securityContext.seccompProfile", `${left} seccompProfile out`],
    ["c", `${container}.runAsGroup`, `${left} runAsGroup out`],
    ["c", `${container}.capabilities`, `${left} capabilities out`],
    [
      "c",
      `${container}.privileged`,
      `${left} privileged out: the sandbox alone is asked for as privileged`,
    ],
  ]);
  const logged = notes({ runAsNonRoot: true }).map(([, , message]) => message);
  assert.equal(
    logged[0],
    `${left} runAsUser out and logs: Windows container does not support SecurityContext.RunAsUser, please use SecurityContext.WindowsOptions`,
  );
  assert.equal(
    logged[3],
    `${left} runAsGroup out and logs: Windows container does not support SecurityContext.RunAsGroup`,
  );
});

test("provenance: the image's user beside what the author wrote", () => {
  const gmsa = { gmsaCredentialSpec: "{}" };
  const containers = [{ name: "c", image: "user" }];
  const at = (podLevel: object) =>
    walk({ securityContext: podLevel, containers }, WINDOWS, true).trace.find(
      (trace) => trace.at === "/containers/0/config/windows/security_context",
    )?.setting;
  assert.deepEqual(at({}), {
    value: { runAsUserName: "ContainerUser" },
    source: { kind: "image", ref: "user" },
  });
  assert.deepEqual(at({ windowsOptions: gmsa }), {
    value: { ...gmsa, runAsUserName: "ContainerUser" },
    source: { kind: "rule", by: "kubelet", rule: "no runAsUserName ⇒ the image's user" },
    was: {
      value: gmsa,
      source: { kind: "manifest", path: ["spec", "securityContext", "windowsOptions"] },
    },
  });
});
