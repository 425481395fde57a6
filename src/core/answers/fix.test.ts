import assert from "node:assert/strict";
import { test } from "node:test";
import { readManifest } from "../manifest/manifest.ts";
import type { WorldFile } from "../model/world.ts";
import { composeWorld } from "../rules/world.ts";
import { type FixOptions, fix } from "./fix.ts";

interface Row {
  readonly says: string;
  /** Of the pod's document, below `kind: Pod`. */
  readonly before: string;
  readonly after: string;
  readonly world?: WorldFile;
  readonly options?: FixOptions;
  /** `kind message`. */
  readonly notes?: readonly string[];
  /** Default: true. */
  readonly met?: boolean;
}

const KNOWN: WorldFile = {
  images: { app: { user: "1000" }, root: { user: "" }, named: { user: "www" } },
};
const STRICT = "allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}";
const POD = "securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}";

const ROWS: readonly Row[] = [
  {
    says: "a container that is root by its image, beside one that is not",
    before: `spec: {containers: [{name: a, image: app}, {name: b, image: root}]}`,
    after: `spec: {containers: [{name: a, image: app}, {name: b, image: root}]}`,
    notes: [
      "left the image runs as root; a uid that its program can run as is not known (--run-as-user b=UID)",
    ],
    met: false,
  },
  {
    says: "the uid is told: it does not become that of the other container",
    before: `spec: {containers: [{name: a, image: app}, {name: b, image: root}]}`,
    options: { runAsUser: { of: { b: 7 } } },
    after: `spec: {${POD}, containers: [{name: a, image: app, securityContext: {${STRICT}}}, {name: b, image: root, securityContext: {runAsUser: 7, ${STRICT}}}]}`,
  },
  {
    says: "an image whose user has a name alone",
    before: `spec: {containers: [{name: a, image: named}]}`,
    after: `spec: {containers: [{name: a, image: named}]}`,
    notes: [
      "left the image's user www has no number that the kubelet could read; a uid that its program can run as is not known (--run-as-user a=UID)",
    ],
    met: false,
  },
  {
    says: "the kubelet's yes: the level is met, but the pod would not start",
    before: `spec: {${POD}, containers: [{name: a, image: root, securityContext: {${STRICT}}}]}`,
    after: `spec: {${POD}, containers: [{name: a, image: root, securityContext: {${STRICT}}}]}`,
    notes: [
      "left the image runs as root; a uid that its program can run as is not known (--run-as-user a=UID)",
    ],
    met: false,
  },
  {
    says: "one uid for all stands at the pod's level",
    before: `spec: {securityContext: {runAsUser: 0}, containers: [{name: a, image: root}, {name: b, image: root}]}`,
    options: { runAsUser: { all: 7 } },
    after: `spec: {securityContext: {runAsNonRoot: true, runAsUser: 7, seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: root, securityContext: {${STRICT}}}, {name: b, image: root, securityContext: {${STRICT}}}]}`,
    notes: ["taken runAsUser: 0 becomes 7: files of root cannot be written any more"],
  },
  {
    says: "runAsUser 0 of the pod that every container overrides",
    before: `spec: {securityContext: {runAsUser: 0, ${POD.slice(18)}, containers: [{name: a, image: app, securityContext: {runAsUser: 5, ${STRICT}}}]}`,
    after: `spec: {${POD}, containers: [{name: a, image: app, securityContext: {runAsUser: 5, ${STRICT}}}]}`,
    notes: ["taken runAsUser: 0 goes: files of root cannot be written any more"],
  },
  {
    says: "an image that nobody knows is said to be open",
    before: `spec: {${POD.replace("runAsNonRoot: true, ", "")}, containers: [{name: a, image: x, securityContext: {${STRICT}}}]}`,
    after: `spec: {${POD}, containers: [{name: a, image: x, securityContext: {${STRICT}}}]}`,
    notes: [
      "open the kubelet refuses to start it if x runs as root; nobody told its user (--image-user, --image, --run-as-user)",
    ],
  },
  {
    says: "what the level forbids goes, each with a word, and objects that hold nothing then",
    before: `spec:
  hostPID: true
  securityContext:
    runAsNonRoot: true
    seccompProfile: {type: Unconfined}
    seLinuxOptions: {user: u}
    sysctls: [{name: kernel.msgmax, value: "1"}, {name: net.ipv4.tcp_rmem, value: "1"}]
  containers:
  - name: a
    image: app
    ports: [{containerPort: 1, hostPort: 1}]
    securityContext:
      allowPrivilegeEscalation: true
      capabilities:
        add: [SYS_ADMIN]
        drop: [ALL]`,
    after: `spec:
  hostPID: false
  securityContext:
    runAsNonRoot: true
    seccompProfile: {type: RuntimeDefault}
    sysctls: [{name: net.ipv4.tcp_rmem, value: "1"}]
  containers:
  - name: a
    image: app
    ports: [{containerPort: 1}]
    securityContext:
      allowPrivilegeEscalation: false
      capabilities:
        drop: [ALL]`,
    notes: [
      "taken hostPID: true becomes false: the pod has one of its own",
      "taken ports[0].hostPort: 1 goes: it is reached through a Service",
      "taken seLinuxOptions.user: u goes: the runtime chooses the label",
      "taken sysctls: kernel.msgmax goes: the node's values hold",
      "taken allowPrivilegeEscalation: true becomes false: set-user-ID programs gain nothing any more",
      "taken capabilities.add: SYS_ADMIN goes: programs that need it fail",
      "taken seccompProfile.type: Unconfined becomes RuntimeDefault: calls outside the runtime's profile fail",
    ],
  },
  {
    says: "baseline asks less",
    before: `spec: {hostIPC: true, containers: [{name: a, image: x, securityContext: {privileged: true}}]}`,
    options: { level: "baseline" },
    after: `spec: {hostIPC: false, containers: [{name: a, image: x, securityContext: {privileged: false}}]}`,
    notes: [
      "taken hostIPC: true becomes false: the pod has one of its own",
      "taken privileged: true becomes false: the node's devices and all capabilities go with it",
    ],
  },
  {
    says: "names of capabilities are corrected at every level, unknown ones are not",
    before: `spec: {containers: [{name: a, image: x, securityContext: {capabilities: {add: [cap_chown, FOO, CHOWN]}}}]}`,
    options: { level: "privileged" },
    after: `spec: {containers: [{name: a, image: x, securityContext: {capabilities: {add: [CHOWN, FOO]}}}]}`,
    notes: ["corrected capabilities.add: cap_chown is CHOWN"],
  },
  {
    says: "a name that containerd ignored goes without loss, one that counted does not",
    before: `spec: {containers: [{name: a, image: x, securityContext: {capabilities: {add: [CAP_NET_ADMIN, sys_admin, cap_chown, SYS_TIME, CAP_SYS_TIME]}}}]}`,
    options: { level: "baseline" },
    after: `spec: {containers: [{name: a, image: x, securityContext: {capabilities: {add: [CHOWN]}}}]}`,
    notes: [
      "corrected capabilities.add: cap_chown is CHOWN",
      "taken capabilities.add: sys_admin, SYS_TIME go: programs that need it fail",
      "taken capabilities.add: CAP_NET_ADMIN goes: containerd ignores that spelling (Docker takes it), so nothing is lost there",
    ],
  },
  {
    says: "Docker takes CAP_: what goes there is lost",
    before: `spec: {containers: [{name: a, image: x, securityContext: {capabilities: {add: [CAP_NET_ADMIN]}}}]}`,
    options: { level: "baseline" },
    after: `spec: {containers: [{name: a, image: x}]}`,
    world: { kubernetes: "v1.23", runtime: { name: "dockershim" } },
    notes: ["taken capabilities.add: CAP_NET_ADMIN goes: programs that need it fail"],
  },
  {
    says: "a misspelled field gets its name where that takes privileges away, with what was unknown in it",
    before: `spec: {securityContxt: {runAsNonroot: true, fsgroup: 5}, containers: [{name: a, image: app, securityContext: {priviliged: false, capabilites: {dorp: [ALL]}}}]}`,
    options: { level: "privileged" },
    after: `spec: {securityContext: {runAsNonRoot: true, fsgroup: 5}, containers: [{name: a, image: app, securityContext: {privileged: false, capabilities: {drop: [ALL]}}}]}`,
    notes: [
      "corrected the unknown field securityContxt becomes securityContext",
      "corrected the unknown field priviliged becomes privileged",
      "corrected the unknown field capabilites becomes capabilities",
      "corrected the unknown field dorp becomes drop",
      "corrected the unknown field runAsNonroot becomes runAsNonRoot",
      'stays unknown field "spec.securityContext.fsgroup"; did you mean fsGroup? (that would change what the pod may do)',
    ],
  },
  {
    says: "a misspelled field stays, and is told, where its name would loosen, be refused or is there already",
    before: `spec: {hostnetwork: true, containers: [{name: a, image: root, imagePullPolcy: Always, securityContext: {priviliged: true, runAsNonroot: true, procmount: Default, readOnlyRootFilesystem: false, readOnlyRootfilesystem: true}}]}`,
    options: { level: "privileged" },
    after: `spec: {hostnetwork: true, containers: [{name: a, image: root, imagePullPolcy: Always, securityContext: {priviliged: true, runAsNonroot: true, procmount: Default, readOnlyRootFilesystem: false, readOnlyRootfilesystem: true}}]}`,
    notes: [
      'stays unknown field "spec.hostnetwork"; did you mean hostNetwork? (that would give more privileges)',
      'stays unknown field "spec.containers[0].imagePullPolcy"; did you mean imagePullPolicy?',
      'stays unknown field "spec.containers[0].securityContext.priviliged"; did you mean privileged? (that would give more privileges)',
      'stays unknown field "spec.containers[0].securityContext.runAsNonroot"; did you mean runAsNonRoot? (that would be refused: container has runAsNonRoot and image will run as root (pod: "pod_default(<uid>)", container: a))',
      'stays unknown field "spec.containers[0].securityContext.procmount"; did you mean procMount? (that would change what the pod may do)',
      'stays unknown field "spec.containers[0].securityContext.readOnlyRootfilesystem"; did you mean readOnlyRootFilesystem? (readOnlyRootFilesystem is there already)',
    ],
  },
  {
    says: "an added name that did nothing is not made to work: the author says which it is to be",
    before: `spec: {containers: [{name: a, image: x, securityContext: {capabilities: {add: [CAP_SYS_ADMIN, CAP_KILL, sys_time], drop: [CAP_NET_RAW]}}}, {name: b, image: x, securityContext: {capabilities: {add: [CAP_ALL]}}}]}`,
    options: { level: "privileged" },
    after: `spec: {containers: [{name: a, image: x, securityContext: {capabilities: {add: [CAP_SYS_ADMIN, KILL, SYS_TIME], drop: [NET_RAW]}}}, {name: b, image: x, securityContext: {capabilities: {add: [CAP_ALL]}}}]}`,
    notes: [
      "corrected capabilities.add: CAP_KILL is KILL, sys_time is SYS_TIME",
      "open capabilities.add: CAP_SYS_ADMIN stays: containerd ignores that spelling; write SYS_ADMIN to have it, or remove it",
      "corrected capabilities.drop: CAP_NET_RAW is NET_RAW",
      "open capabilities.add: CAP_ALL stays: containerd ignores that spelling; write ALL to have it, or remove it",
    ],
  },
  {
    says: "what the level lets in works after the correction, and that is told",
    before: `spec: {${POD}, containers: [{name: a, image: app, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [CAP_NET_BIND_SERVICE, CAP_CHOWN]}}}]}`,
    after: `spec: {${POD}, containers: [{name: a, image: app, securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}}]}`,
    notes: [
      "corrected capabilities.add: CAP_NET_BIND_SERVICE is NET_BIND_SERVICE, which the container now gains",
      "taken capabilities.add: CAP_CHOWN goes: containerd ignores that spelling (Docker takes it), so nothing is lost there",
    ],
  },
  {
    says: "where the level stays out of reach, an ignored name is not made to work either",
    before: `spec: {containers: [{name: a, image: root, securityContext: {capabilities: {add: [CAP_SYS_ADMIN]}}}]}`,
    after: `spec: {containers: [{name: a, image: root, securityContext: {capabilities: {add: [CAP_SYS_ADMIN]}}}]}`,
    notes: [
      "left the image runs as root; a uid that its program can run as is not known (--run-as-user a=UID)",
    ],
    met: false,
  },
  {
    says: "Docker takes the name, but not the API server beside allowPrivilegeEscalation: false",
    before: `spec: {containers: [{name: a, image: x, securityContext: {allowPrivilegeEscalation: false, capabilities: {add: [CAP_SYS_ADMIN, CAP_SYS_TIME]}}}]}`,
    after: `spec: {containers: [{name: a, image: x, securityContext: {allowPrivilegeEscalation: false, capabilities: {add: [CAP_SYS_ADMIN, SYS_TIME]}}}]}`,
    world: { kubernetes: "v1.23", runtime: { name: "dockershim" } },
    options: { level: "privileged" },
    notes: [
      "corrected capabilities.add: CAP_SYS_TIME is SYS_TIME",
      'left the API server refuses it: spec.containers[0].securityContext: Invalid value: {"Capabilities":{"Add":["CAP_SYS_ADMIN","SYS_TIME"],"Drop":null},"Privileged":null,"SELinuxOptions":null,"WindowsOptions":null,"RunAsUser":null,"RunAsGroup":null,"RunAsNonRoot":null,"ReadOnlyRootFilesystem":null,"AllowPrivilegeEscalation":false,"ProcMount":null,"SeccompProfile":null,"AppArmorProfile":null}: cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN',
    ],
    met: false,
  },
  {
    says: "annotations of containers become fields; one that names no container stays",
    before: `metadata:
  name: pod
  annotations:
    container.apparmor.security.beta.kubernetes.io/a: localhost/p
    container.seccomp.security.alpha.kubernetes.io/a: localhost/q
    container.apparmor.security.beta.kubernetes.io/z: localhost/p
spec: {${POD}, containers: [{name: a, image: app, securityContext: {${STRICT}}}]}`,
    after: `metadata:
  name: pod
  annotations:
    container.apparmor.security.beta.kubernetes.io/z: localhost/p
spec: {${POD}, containers: [{name: a, image: app, securityContext: {${STRICT}, seccompProfile: {type: Localhost, localhostProfile: q}, appArmorProfile: {type: Localhost, localhostProfile: p}}}]}`,
    world: { ...KNOWN, node: { appArmor: true } },
    notes: [
      "corrected the annotation container.seccomp.security.alpha.kubernetes.io/a becomes the field seccompProfile",
      "corrected the annotation container.apparmor.security.beta.kubernetes.io/a becomes the field appArmorProfile",
      'left the API server refuses it: metadata.annotations[container.apparmor.security.beta.kubernetes.io/z]: Invalid value: "z": container not found',
    ],
    met: false,
  },
  {
    says: "before 1.30 AppArmor has annotations alone",
    before: `metadata:
  name: pod
  annotations: {container.apparmor.security.beta.kubernetes.io/a: runtime/default}
spec: {${POD}, containers: [{name: a, image: app, securityContext: {${STRICT}}}]}`,
    after: `metadata:
  name: pod
  annotations: {container.apparmor.security.beta.kubernetes.io/a: runtime/default}
spec: {${POD}, containers: [{name: a, image: app, securityContext: {${STRICT}}}]}`,
    world: { ...KNOWN, kubernetes: "v1.29", node: { appArmor: true } },
  },
  {
    says: "a pod for Windows gets no field that Windows does not have",
    before: `spec: {nodeSelector: {kubernetes.io/os: windows}, containers: [{name: a, image: x}]}`,
    after: `spec: {nodeSelector: {kubernetes.io/os: windows}, os: {name: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: a, image: x}]}`,
    notes: [
      "corrected the pod asks for Windows nodes: with os.name it says so, and Linux fields are not asked of it",
      "open the kubelet refuses to start its containers if they run as ContainerAdministrator",
    ],
  },
  {
    says: "whom a pod for Windows runs as is no question where it says so",
    before: `spec: {os: {name: windows}, containers: [{name: a, image: x, securityContext: {windowsOptions: {runAsUserName: ContainerUser}}}]}`,
    after: `spec: {os: {name: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: a, image: x, securityContext: {windowsOptions: {runAsUserName: ContainerUser}}}]}`,
    notes: [],
  },
  {
    says: "Linux fields of a Windows pod that the level forbids go as a whole",
    before: `spec: {os: {name: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: a, image: x, securityContext: {privileged: true}}]}`,
    after: `spec: {os: {name: windows}, securityContext: {runAsNonRoot: true}, containers: [{name: a, image: x}]}`,
    notes: ["taken privileged: true goes: the node's devices and all capabilities go with it"],
  },
  {
    says: "before 1.25 Pod Security has no word for Windows",
    before: `spec: {nodeSelector: {kubernetes.io/os: windows}, containers: [{name: a, image: x}]}`,
    after: `spec: {nodeSelector: {kubernetes.io/os: windows}, containers: [{name: a, image: x}]}`,
    world: { kubernetes: "v1.24" },
    notes: [
      "left this version of Pod Security asks Linux fields of a Windows pod, whose nodes would refuse them",
    ],
    met: false,
  },
  {
    says: "a pod in a user namespace of its own may be root since 1.35",
    before: `spec: {hostUsers: false, containers: [{name: a, image: root}]}`,
    after: `spec: {hostUsers: false, securityContext: {seccompProfile: {type: RuntimeDefault}}, containers: [{name: a, image: root, securityContext: {${STRICT}}}]}`,
  },
  {
    says: "volumes of the host keep the pod as it is",
    before: `spec: {hostNetwork: true, containers: [{name: a, image: app}], volumes: [{name: v, hostPath: {path: /}}, {name: s, nfs: {server: s, path: /}}]}`,
    after: `spec: {hostNetwork: true, containers: [{name: a, image: app}], volumes: [{name: v, hostPath: {path: /}}, {name: s, nfs: {server: s, path: /}}]}`,
    notes: [
      "left volume v is of hostPath: what takes its place only its author knows",
      "left volume s is of nfs: what takes its place only its author knows",
    ],
    met: false,
  },
  {
    says: "only additions: what stands there stays, and nothing that the API server would refuse beside it is added",
    before: `spec: {hostNetwork: true, containers: [{name: a, image: app, securityContext: {privileged: true}}]}`,
    options: { addOnly: true },
    after: `spec: {hostNetwork: true, ${POD}, containers: [{name: a, image: app, securityContext: {privileged: true, capabilities: {drop: [ALL]}}}]}`,
    notes: ["left hostNetwork stays as it is written", "left privileged stays as it is written"],
    met: false,
  },
];

for (const { says, before, after, world = KNOWN, options = {}, notes = [], met = true } of ROWS) {
  test(says, () => {
    const named = before.startsWith("metadata:") ? "" : "metadata: {name: pod}\n";
    const head = `apiVersion: v1\nkind: Pod\n${named}`;
    const file = composeWorld(world);
    const answer = fix(`${head}${before}\n`, "pod.yaml", file, options);
    assert.equal(answer.text, `${head}${after}\n`);
    const [pod] = answer.pods;
    assert.deepEqual(
      pod?.notes.map(({ kind, message }) => `${kind} ${message}`),
      notes,
    );
    assert.equal(pod?.met, met);
    const again = fix(answer.text, "pod.yaml", file, options);
    assert.deepEqual(again.edits, []);
  });
}

test("a name that stays beside its right spelling was not corrected", () => {
  const text = `kind: Pod
apiVersion: v1
metadata: {name: p}
spec: {containers: [{name: a, image: app, securityContext: {capabilities: {add: [CHOWN, cap_chown], drop: [CHOWN]}}}]}
`;
  const told = { level: "restricted", addOnly: true } as const;
  const { text: fixed, pods } = fix(text, "p.yaml", composeWorld(KNOWN), told);
  assert.ok(fixed.includes("add: [CHOWN, cap_chown]"));
  const messages = pods[0]?.notes.map(({ kind, message }) => `${kind} ${message}`);
  assert.deepEqual(messages, ["left capabilities.add stays as it is written"]);
});

test("pods of a list share an anchor: one edit for both, and a place for each note", () => {
  const text = `apiVersion: v1
kind: List
items:
- kind: Pod
  apiVersion: v1
  metadata: { name: a }
  spec: &spec
    hostPID: true
    containers:
    - name: a
      image: app
- kind: Pod
  apiVersion: v1
  metadata: { name: b }
  spec: *spec
`;
  const { text: fixed, pods } = fix(text, "l.yaml", composeWorld(KNOWN), { level: "baseline" });
  assert.equal(fixed, text.replace("hostPID: true", "hostPID: false"));
  assert.deepEqual(
    pods.map(({ notes }) => notes.map(({ path, line }) => [path, line])),
    [[["/items/0/spec/hostPID", 8]], [["/items/1/spec/hostPID", 8]]],
  );
});

test("an edit that the text leaves no place for: the pod is left as it is, with the reason", () => {
  const text = `apiVersion: v1
kind: Pod
metadata: { name: pod }
spec:
  containers:
  - name: a
    image: app
    securityContext:
      capabilities:
        add:
        - # mount
          SYS_ADMIN
        - CHOWN
`;
  const { edits, pods } = fix(text, "p.yaml", composeWorld(KNOWN), { level: "baseline" });
  assert.deepEqual(edits, []);
  assert.equal(pods[0]?.met, false);
  assert.deepEqual(
    pods[0]?.notes.map(({ kind, line, message }) => `${kind} ${line} ${message}`),
    [
      "left 10 spec.containers[0].securityContext.capabilities.add cannot be edited: a comment stands between the dash and its item",
    ],
  );
});

test("who shares an anchor and is not to change has fields of its own then, and is told", () => {
  const text = `apiVersion: v1
kind: List
items:
- kind: Pod
  apiVersion: v1
  metadata: { name: a }
  spec:
    containers:
    - name: a
      image: app
      securityContext: &sc # of both
        privileged: true
- kind: Pod
  apiVersion: v1
  metadata: { name: b }
  spec:
    containers:
    - name: b
      image: root
      securityContext: *sc # of both
`;
  const { text: fixed, pods } = fix(text, "l.yaml", composeWorld(KNOWN), { level: "restricted" });
  const [a, b] = readManifest(fixed, "l.yaml").pods;
  assert.equal(a?.pod.spec.containers?.[0]?.securityContext?.privileged, false);
  assert.deepEqual(b?.object, readManifest(text, "l.yaml").pods[1]?.object);
  assert.ok(fixed.includes("# of both\n        privileged: true\n"));
  assert.deepEqual(
    pods.map(({ notes }) => notes.map(({ kind, line, container }) => [kind, line, container])),
    [
      [["taken", 12, "a"]],
      [
        ["left", 18, "b"],
        ["unshared", 20, "b"],
      ],
    ],
  );
});

test("what cannot be read stays as it is, beside a pod that is fixed", () => {
  const text = "kind: Pod\nspec: {\n---\nkind: Pod\nspec: {hostPID: true, containers: []}\n";
  const answer = fix(text, "p.yaml", composeWorld({}), { level: "baseline" });
  assert.equal(answer.text, text.replace("hostPID: true", "hostPID: false"));
  assert.equal(answer.errors.length, 1);
});

test("a uid that is none is an error", () => {
  for (const uid of [0, -1, 1.5, 2 ** 31]) {
    const wrong = () => fix("", "p.yaml", composeWorld({}), { runAsUser: { all: uid } });
    assert.throws(wrong, RangeError);
  }
});
