// Every example really runs, and its processes see what it promises; prediction and observation agree on all of them.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { writeDemoImages } from "../tools/demoImages.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const DEMO = join(ROOT, "dist/demo");

interface Expected {
  /** Exit code of the first container; 125 when the pod could not run. */
  readonly exit: number;
  readonly phase: "Succeeded" | "Failed" | "Pending";
  /** What each container's log holds. */
  readonly logs?: Readonly<Record<string, readonly RegExp[]>>;
  /** Of a Warning event, or of the pod's own refusal: the whole text. */
  readonly refusal?: RegExp;
  readonly options?: readonly string[];
}

const POD = String.raw`\(pod: "[a-z-]+_default\([0-9a-f-]{36}\)", container: demo\)`;

const EXAMPLES: Readonly<Record<string, Expected>> = {
  "dac.yaml": {
    exit: 0,
    phase: "Succeeded",
    logs: {
      demo: [
        /^uid=1000 gid=3000 groups=2000,3000$/m,
        /^drwxrwsrwx uid 0 gid 2000 {2}\/data$/m,
        /^-rw-r--r-- uid 1000 gid 2000 {2}\/data\/testfile$/m,
      ],
    },
  },
  "runAsNonRoot/allowed.yaml": {
    exit: 0,
    phase: "Succeeded",
    logs: { "by-manifest": [/^1000$/m], "by-image": [/^1000$/m] },
  },
  "runAsNonRoot/rootImage.yaml": {
    exit: 125,
    phase: "Pending",
    refusal: new RegExp(`^Error: container has runAsNonRoot and image will run as root ${POD}$`),
  },
  "runAsNonRoot/runAsUserZero.yaml": {
    exit: 125,
    phase: "Pending",
    refusal: new RegExp(`^Error: container's runAsUser breaks non-root policy ${POD}$`),
  },
  "runAsNonRoot/namedUser.yaml": {
    exit: 125,
    phase: "Pending",
    refusal: new RegExp(
      String.raw`^Error: container has runAsNonRoot and image has non-numeric user \(app\), cannot verify user is non-root ${POD}$`,
    ),
  },
  "capabilities/sysTime.yaml": {
    exit: 0,
    phase: "Succeeded",
    logs: {
      with: [/^CapEff:\t00000000aa0425fb$/m, /^clock adjusted$/m],
      without: [/^CapEff:\t00000000a80425fb$/m, /^clock refused$/m],
    },
  },
  "capabilities/netAdmin.yaml": {
    exit: 0,
    phase: "Succeeded",
    logs: {
      with: [/^CapEff:\t00000000a80435fb$/m, /^changed$/m],
      without: [/^CapEff:\t00000000a80425fb$/m, /^refused$/m],
    },
  },
  "capabilities/dropAll.yaml": {
    exit: 0,
    phase: "Succeeded",
    logs: {
      none: [/^CapBnd:\t0000000000000000$/m, /^refused$/m],
      "only-chown": [/^CapEff:\t0000000000000001$/m, /^chowned$/m],
    },
  },
  "privileged.yaml": {
    exit: 0,
    phase: "Succeeded",
    logs: {
      privileged: [/^Seccomp:\t0$/m, /\/proc\/sys is writable/, /network changed/],
      ordinary: [/^CapEff:\t00000000a80425fb$/m, /\/proc\/sys is read-only/, /network refused/],
    },
  },
  "allowPrivilegeEscalation.yaml": {
    exit: 0,
    phase: "Succeeded",
    logs: { allowed: [/^root$/m], forbidden: [/^app$/m] },
  },
  "readOnlyRootFilesystem.yaml": {
    exit: 0,
    phase: "Succeeded",
    logs: { demo: [/\/file: Read-only file system/, /^volume written$/m] },
  },
  "seccomp/unconfined.yaml": {
    exit: 0,
    phase: "Succeeded",
    logs: { demo: [/^Seccomp:\t0$/m, /user namespace made/] },
  },
  "seccomp/runtimeDefault.yaml": {
    exit: 0,
    phase: "Succeeded",
    logs: { demo: [/^Seccomp:\t2$/m, /user namespace refused/] },
  },
  "seccomp/localhost.yaml": {
    exit: 0,
    phase: "Succeeded",
    options: ["--kubelet-root", "examples/kubelet"],
    logs: { demo: [/^Seccomp:\t2$/m, /mkdir refused/] },
  },
  "appArmor.yaml": {
    exit: 125,
    phase: "Failed",
    refusal: /^Cannot enforce AppArmor: AppArmor is not enabled on the host$/,
  },
  "seLinux.yaml": {
    exit: 0,
    phase: "Pending",
    logs: { "well-formed": [/^no SELinux here$/m] },
    refusal:
      /^Error: failed to generate container "malformed" spec: failed to generate spec opts: the format of 'level' "secret" is not correct$/,
  },
  "podAndContainer.yaml": {
    exit: 0,
    phase: "Succeeded",
    logs: {
      inherits: [/^uid=1000 gid=3000 groups=3000,4000$/m],
      overrides: [/^uid=2000 gid=3000 groups=3000,4000$/m],
    },
  },
};

interface Result {
  readonly phase: string;
  readonly containers: readonly {
    readonly name: string;
    readonly logs: string;
    readonly differences?: readonly object[];
    readonly observed?: object;
  }[];
  readonly events: readonly { readonly type: string; readonly message: string }[];
  readonly leftBehind: readonly string[];
}

const skip = process.getuid?.() === 0 ? false : "containers need root";

/** What pods set for themselves, and a careless set-up would set for the machine. */
const HOST_SETTINGS = [
  "kernel/hostname",
  "net/ipv4/ip_unprivileged_port_start",
  "net/ipv4/ping_group_range",
].map((name) => `/proc/sys/${name}`);
const host = HOST_SETTINGS.map((file) => readFileSync(file, "utf8"));

before(() => {
  if (skip === false) writeDemoImages(DEMO);
});
after(() => {
  assert.deepEqual(
    HOST_SETTINGS.map((file) => readFileSync(file, "utf8")),
    host,
    "the host's own settings are as they were",
  );
});

test("every example has its expectation here", () => {
  const files = readdirSync(join(ROOT, "examples"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml"))
    .map((entry) => relative(join(ROOT, "examples"), join(entry.parentPath, entry.name)));
  assert.deepEqual(files.sort(), Object.keys(EXAMPLES).sort());
});

for (const [file, expected] of Object.entries(EXAMPLES)) {
  test(`examples/${file} runs as it says`, { skip }, () => {
    const result = spawnSync(
      "node",
      [
        ...["dist/secctx.cjs", "run", `examples/${file}`, "--image", "oci:dist/demo"],
        ...["--probe", "-o", "json", ...(expected.options ?? [])],
      ],
      { cwd: ROOT, encoding: "utf8" },
    );
    assert.equal(result.status, expected.exit, result.stderr);
    const answer = JSON.parse(result.stdout) as Result;
    assert.equal(answer.phase, expected.phase);
    assert.deepEqual(answer.leftBehind, []);
    for (const [name, patterns] of Object.entries(expected.logs ?? {})) {
      const container = answer.containers.find((one) => one.name === name);
      for (const pattern of patterns) assert.match(container?.logs ?? "", pattern);
      assert.ok(container?.observed !== undefined, `${name} was observed`);
      assert.deepEqual(container.differences, [], `${name}: prediction and observation`);
    }
    const { refusal } = expected;
    if (refusal === undefined) return;
    const warnings = answer.events.filter(({ type }) => type === "Warning");
    assert.ok(
      warnings.some(({ message }) => refusal.test(message)),
      JSON.stringify(warnings, null, 2),
    );
  });
}
