// Environment and volumes from ConfigMaps and Secrets of the same file, and the kubelet's words where one is missing.
import assert from "node:assert/strict";
import { hostname, totalmem } from "node:os";
import { after, test } from "node:test";
import { CONFIG_MAP, fileIn, SECRET } from "./objects.ts";
import { cannotRun, makeLab, podOf, removeLab, runCommand } from "./run.ts";

const skip = cannotRun() ?? false;
const lab = makeLab();
after(() => removeLab(lab));

test("envFrom, env, the downward API and $(NAME)", { skip }, async () => {
  const envFrom = [
    { configMapRef: { name: "settings" }, prefix: "CM_" },
    { secretRef: { name: "keys" } },
    { configMapRef: { name: "nosuch", optional: true } },
  ];
  const field = (fieldPath: string): object => ({ valueFrom: { fieldRef: { fieldPath } } });
  const env = [
    { name: "FIRST", valueFrom: { configMapKeyRef: { name: "settings", key: "COLOUR" } } },
    { name: "TOKEN", value: "over $(TOKEN)" },
    { name: "NONE", valueFrom: { secretKeyRef: { name: "keys", key: "no", optional: true } } },
    { name: "POD", ...field("metadata.name") },
    { name: "SPACE", ...field("metadata.namespace") },
    { name: "LABEL", ...field("metadata.labels['app']") },
    { name: "IP", ...field("status.podIP") },
    {
      name: "CPU",
      valueFrom: { resourceFieldRef: { resource: "limits.memory", divisor: "1Mi" } },
    },
    { name: "ALL", value: "$(FIRST)-$(CM_COLOUR)-$(LATER)-$$(POD)-$(POD)" },
    { name: "LATER", value: "x" },
  ];
  const script =
    'echo "$CM_COLOUR|$FIRST|$TOKEN|$PLAIN|$POD|$SPACE|$LABEL|$IP|$CPU|$ALL"; echo $0; env | grep -c "NONE\\|RAW"';
  const container = {
    ...{ env, envFrom, resources: { limits: { memory: "64Mi" } } },
    ...{ command: ["sh", "-c", script], args: ["$(FIRST) $(NOSUCH)"] },
  };
  const pod = { ...podOf("", {}, container), metadata: { name: "t", labels: { app: "demo" } } };
  const { code, stdout, stderr } = await runCommand(
    lab,
    fileIn(lab, "env", pod, [CONFIG_MAP, SECRET]),
    ["--no-prefix"],
  );
  // grep found nothing.
  assert.equal(code, 1, stderr);
  assert.equal(
    stdout,
    "blue|blue|over t0k3n|p|t|default|demo|127.0.0.1|64|blue-blue-$(LATER)-$(POD)-t\nblue $(NOSUCH)\n0\n",
  );
});

test("a missing object or key: the kubelet's reason and message", { skip }, async () => {
  const from = (reference: object): object => ({ env: [{ name: "A", valueFrom: reference }] });
  const error = "CreateContainerConfigError";
  const rows: readonly (readonly [container: object, reason: string, message: string])[] = [
    [{ envFrom: [{ configMapRef: { name: "x" } }] }, error, 'configmap "x" not found'],
    [from({ secretKeyRef: { name: "x", key: "k" } }), error, 'secret "x" not found'],
    [
      from({ configMapKeyRef: { name: "settings", key: "nokey" } }),
      error,
      "couldn't find key nokey in ConfigMap default/settings",
    ],
    [
      from({ configMapKeyRef: { name: "settings", key: "RAW" } }),
      error,
      "couldn't find key RAW in ConfigMap default/settings",
    ],
    [
      from({ secretKeyRef: { name: "keys", key: "nokey" } }),
      error,
      "couldn't find key nokey in Secret default/keys",
    ],
  ];
  for (const [index, [container, reason, message]] of rows.entries()) {
    const file = fileIn(lab, `missing${index}`, podOf("id", {}, container), [CONFIG_MAP, SECRET]);
    const { code, stdout } = await runCommand(lab, file, ["-o", "json"]);
    const answer = JSON.parse(stdout);
    assert.equal(code, 125);
    assert.deepEqual([answer.phase, answer.reason, answer.message], ["Pending", reason, message]);
    assert.equal(answer.events.at(-1).message, `Error: ${message}`);
  }
});

test("a volume of a missing object: FailedMount", { skip }, async () => {
  const volumes = [{ name: "v", configMap: { name: "x" } }];
  const mounts = { volumeMounts: [{ name: "v", mountPath: "/v" }] };
  const { code, stdout } = await runCommand(lab, podOf("id", { volumes }, mounts), ["-o", "json"]);
  const { phase, reason, events } = JSON.parse(stdout);
  assert.deepEqual([code, phase, reason], [125, "Pending", "FailedMount"]);
  const told = events.map((event: { reason: string; message: string }) => [
    event.reason,
    event.message,
  ]);
  assert.deepEqual(told, [
    ["FailedMount", 'MountVolume.SetUp failed for volume "v" : configmap "x" not found'],
  ]);
});

test("FallbackToLogsOnError: the end of the logs becomes the message", { skip }, async () => {
  const container = { terminationMessagePolicy: "FallbackToLogsOnError" };
  const { stdout } = await runCommand(lab, podOf("echo why; exit 2", {}, container), [
    "-o",
    "json",
  ]);
  const [{ state }] = JSON.parse(stdout).containers;
  assert.deepEqual([state.terminated.reason, state.terminated.message], ["Error", "why\n"]);
});

test("--show prints what is sent", { skip }, async () => {
  const oci = await runCommand(lab, podOf("true"), ["--show", "oci", "-q"]);
  assert.match(oci.stderr, /^config\.json of c:\n\{\n {2}"ociVersion": "1\.0\.2",\n/m);
  assert.match(oci.stderr, /^ +"path": "\/proc\/\d+\/ns\/net"$/m);
  const cri = await runCommand(lab, podOf("true"), ["--show", "cri", "-q"]);
  assert.match(cri.stderr, /^RunPodSandbox of the sandbox:\n\{/);
  assert.match(cri.stderr, /^CreateContainer of c:\n\{/m);
});

test("every field and resource that a variable can take, and defaults of the node", {
  skip,
}, async () => {
  const field = (name: string, fieldPath: string): object => ({
    ...{ name, valueFrom: { fieldRef: { fieldPath } } },
  });
  const resource = (name: string, asked: string, divisor?: string): object => ({
    ...{ name, valueFrom: { resourceFieldRef: { resource: asked, ...(divisor && { divisor }) } } },
  });
  const env = [
    field("UID", "metadata.uid"),
    field("KEYED", "metadata.labels['a.b/c']"),
    field("ABSENT", "metadata.labels['none']"),
    field("NOTE", "metadata.annotations['note']"),
    field("NODE", "spec.nodeName"),
    field("ACCOUNT", "spec.serviceAccountName"),
    field("HOST", "status.hostIP"),
    field("HOSTS", "status.hostIPs"),
    field("IPS", "status.podIPs"),
    resource("CPU", "limits.cpu"),
    resource("MILLI", "limits.cpu", "1m"),
    resource("ASKED", "requests.memory", "1Mi"),
    resource("NONE", "requests.ephemeral-storage"),
    resource("MEMORY", "limits.memory"),
    resource("DISK", "limits.ephemeral-storage", "1Mi"),
  ];
  const names = ["KEYED", "ABSENT", "NOTE", "NODE", "ACCOUNT", "HOST", "HOSTS", "IPS", "CPU"];
  const shown = [...names, "MILLI", "ASKED", "NONE"].map((name) => `$${name}`).join("|");
  const script = `echo "${shown}"; echo $UID; echo $MEMORY; echo $DISK`;
  const resources = { limits: { cpu: "250m" }, requests: { memory: "10Mi" } };
  const pod = {
    ...podOf(script, { serviceAccountName: "robot" }, { env, resources }),
    metadata: { name: "t", labels: { "a.b/c": "yes" }, annotations: { note: "hi" } },
  };
  const { stdout, stderr } = await runCommand(lab, fileIn(lab, "fields", pod, []), ["--no-prefix"]);
  const [values, uid = "", memory, disk] = stdout.split("\n");
  const ip = "127.0.0.1";
  assert.equal(values, `yes||hi|${hostname()}|robot|${ip}|${ip}|${ip}|1|250|10|0`, stderr);
  assert.match(uid, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.equal(Number(memory), totalmem() - 100 * 2 ** 20);
  assert.ok(Number(disk) > 0);
});

test("setHostnameAsFQDN: the kernel's host name, $HOSTNAME and /etc/hosts", { skip }, async () => {
  const names = { hostname: "h", subdomain: "s", setHostnameAsFQDN: true };
  const script = "hostname; echo $HOSTNAME; tail -n1 /etc/hosts";
  const { stdout, stderr } = await runCommand(lab, podOf(script, names), ["--no-prefix"]);
  const fqdn = "h.s.default.svc.cluster.local";
  assert.equal(stdout, `${fqdn}\n${fqdn}\n127.0.0.1\t${fqdn}\th\n`, stderr);
  const long = { ...names, hostname: "h".repeat(40) };
  const refused = await runCommand(lab, podOf(script, long), ["-q"]);
  assert.equal(refused.code, 125);
  assert.match(refused.stderr, /Failed to create pod sandbox: failed to construct\s+FQDN\s+from/);
});

test("a variable from a file that an init container wrote", { skip }, async () => {
  const from = (key: string, rest: object = {}): object => ({
    name: key,
    valueFrom: { fileKeyRef: { volumeName: "v", path: "d/app.env", key, ...rest } },
  });
  const mounts = { volumeMounts: [{ name: "v", mountPath: "/v" }] };
  const ran = (
    env: readonly object[],
    file: string,
    medium = "",
  ): ReturnType<typeof runCommand> => {
    const init = {
      ...{ name: "i", image: "demo/busybox:1", ...mounts },
      command: ["sh", "-c", `mkdir /v/d; ${file}`],
    };
    const spec = { initContainers: [init], volumes: [{ name: "v", emptyDir: { medium } }] };
    const container = { env: [...env, { name: "B", value: "$(A)!" }] };
    const pod = podOf('echo "$A|$B|$(env | grep -c NONE)"', spec, container);
    return runCommand(lab, pod, ["--no-prefix"]);
  };
  const write = `echo "A='one two' # why" >/v/d/app.env`;
  const optional = { optional: true };
  for (const medium of ["", "Memory"]) {
    const { stdout, stderr } = await ran([from("A"), from("NONE", optional)], write, medium);
    assert.equal(stdout, "one two|one two!|0\n", stderr);
  }
  const missing = await ran([from("C")], write);
  assert.equal(missing.code, 125);
  assert.match(
    missing.stderr.replace(/\s+/g, " "),
    /environment variable key "C" not found in file "[^"]*v\/d\/app\.env"/,
  );
  for (const file of ["true", "ln -s /etc/passwd /v/d/app.env", "mkfifo /v/d/app.env"]) {
    const { code, stderr } = await ran([from("A", optional)], file);
    assert.equal(code, 125);
    assert.match(stderr, /couldn't parse env file/);
  }
});
